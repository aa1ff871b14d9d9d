// SPDX-License-Identifier: Apache-2.0
package io.holdfast.exchange;

import io.holdfast.pacing.RetryAfter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A response that is not what its operation expects, for a connector to name.
 *
 * @param status the status
 * @param fields the header fields
 * @param body the body, content codings undone, its first {@value #MOST_BODY} bytes at most; not to be changed
 * @param received when it came, by our clock
 * @param withToken whether the request carried a token
 */
public record ErrorAnswer(int status, HttpFields fields, byte[] body, Instant received, boolean withToken) {
    /** How much of a body is looked at. */
    public static final int MOST_BODY = 64 * 1024;

    /** Checks for null. */
    public ErrorAnswer {
        Objects.requireNonNull(fields, "fields");
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(received, "received");
    }

    /**
     * How long the service asks to wait.
     *
     * @return from {@code Retry-After}; empty if it says nothing usable
     */
    public Optional<Duration> retryAfter() {
        return fields.joined("retry-after").flatMap(value -> RetryAfter.parse(value, fields.first("date"), received));
    }

    /**
     * Whether it is a page for people, as gateways and proxies on the way give; services answer programs in other forms.
     *
     * @return true for HTML, by its declared type or its first bytes
     */
    public boolean isHtml() {
        String type = fields.first("content-type").orElse("").toLowerCase(Locale.ROOT);
        String start = new String(body, 0, Math.min(body.length, 200), StandardCharsets.ISO_8859_1)
                .stripLeading()
                .toLowerCase(Locale.ROOT);
        return type.startsWith("text/html") || start.startsWith("<!doctype html") || start.startsWith("<html");
    }

    @Override
    public String toString() {
        return status + " with " + body.length + " bytes";
    }
}
