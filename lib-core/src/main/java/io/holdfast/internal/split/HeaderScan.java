// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Picks the two fields that decide about a body out of a header block that is handed over line by line. Of two fields
 * with one name the first counts. Bounded: a field is kept up to {@link #MAX_FIELD} characters.
 */
final class HeaderScan {
    static final int MAX_FIELD = 16 << 10;
    private static final String TYPE = "content-type";
    private static final String ENCODING = "content-transfer-encoding";

    private @Nullable StringBuilder type;
    private @Nullable StringBuilder encoding;
    private @Nullable StringBuilder current;

    /** Takes a line of the block, or as much of a longer one as fits the window. */
    void line(byte[] b, int off, int len) {
        if (b[off] == ' ' || b[off] == '\t') {
            if (current != null) {
                append(current, b, off, len);
            }
            return;
        }
        current = null;
        int colon = off;
        while (colon < off + len && b[colon] != ':') {
            colon++;
        }
        if (colon == off + len || colon - off > ENCODING.length() + 2) {
            return;
        }
        String name = new String(b, off, colon - off, StandardCharsets.ISO_8859_1)
                .strip()
                .toLowerCase(Locale.ROOT);
        if (name.equals(TYPE) && type == null) {
            type = new StringBuilder();
            current = type;
        } else if (name.equals(ENCODING) && encoding == null) {
            encoding = new StringBuilder();
            current = encoding;
        }
        if (current != null) {
            append(current, b, colon + 1, off + len - colon - 1);
        }
    }

    PartHeaders finish(ContentType byDefault) {
        ContentType declared = type == null ? byDefault : ContentType.parse(type.toString());
        return new PartHeaders(
                declared.mediaType().isEmpty() ? byDefault : declared,
                encoding == null ? TransferEncoding.IDENTITY : TransferEncoding.parse(encoding.toString()));
    }

    private static void append(StringBuilder field, byte[] b, int off, int len) {
        int kept = Math.min(len, MAX_FIELD - field.length());
        field.append(new String(b, off, Math.max(0, kept), StandardCharsets.ISO_8859_1)
                .replace("\r", "")
                .replace("\n", ""));
    }
}
