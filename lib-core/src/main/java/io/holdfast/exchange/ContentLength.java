// SPDX-License-Identifier: Apache-2.0
package io.holdfast.exchange;

import java.util.Optional;

/** Reads {@code Content-Length} (RFC 9110, section 8.6). */
final class ContentLength {
    private ContentLength() {}

    static Optional<Long> of(HttpFields fields) {
        return fields.first("content-length")
                .map(String::trim)
                .filter(value -> value.matches("\\d{1,18}"))
                .map(Long::valueOf);
    }
}
