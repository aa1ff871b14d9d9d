// SPDX-License-Identifier: Apache-2.0
package io.holdfast.exchange;

import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code Content-Length} (RFC 9110, section 8.6). */
final class ContentLength {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private ContentLength() {}

    static Optional<Long> of(HttpFields fields) {
        return fields.first("content-length")
                .map(String::trim)
                .filter(value -> NUMBER.matcher(value).matches())
                .map(Long::valueOf);
    }
}
