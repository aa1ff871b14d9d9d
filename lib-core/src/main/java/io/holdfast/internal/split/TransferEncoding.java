// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

import java.util.Locale;

/** How a part's bytes are written into the message (RFC 2045 section 6). */
enum TransferEncoding {
    /** 7bit, 8bit, binary, or nothing said. */
    IDENTITY,
    BASE64,
    QUOTED_PRINTABLE,
    /** Something else: nobody can tell what the bytes mean. */
    UNKNOWN;

    static TransferEncoding parse(String field) {
        int comment = field.indexOf('(');
        String token = comment < 0 ? field : field.substring(0, comment);
        return switch (token.strip().toLowerCase(Locale.ROOT)) {
            case "", "7bit", "8bit", "binary" -> IDENTITY;
            case "base64" -> BASE64;
            case "quoted-printable" -> QUOTED_PRINTABLE;
            default -> UNKNOWN;
        };
    }
}
