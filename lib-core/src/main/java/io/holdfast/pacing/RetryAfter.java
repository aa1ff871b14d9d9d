// SPDX-License-Identifier: Apache-2.0
package io.holdfast.pacing;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Reads the {@code Retry-After} header (RFC 9110, section 10.2.3): seconds, also decimal, or an HTTP date.
 *
 * <p>Dates are read against the answer's own {@code Date}, so that a wrong clock on either side changes nothing. Of several values joined
 * by commas the longest holds. What is not positive or makes no sense counts as absent; more than a day is cut to a day.
 */
public final class RetryAfter {
    /** The longest wait that is believed; who means more will say so again. */
    public static final Duration LONGEST = Duration.ofDays(1);

    private RetryAfter() {}

    /**
     * Reads a header.
     *
     * @param header its value
     * @param date the value of the answer's {@code Date} header; empty if it has none
     * @param received when the answer came, by our clock; used where it has no date of its own
     * @return how long to wait, more than zero; empty if the value says nothing usable
     */
    public static Optional<Duration> parse(String header, Optional<String> date, Instant received) {
        Instant base = date.flatMap(RetryAfter::date).orElse(received);
        Optional<Duration> whole = value(header.trim(), base);
        if (whole.isPresent()) {
            return whole;
        }
        Optional<Duration> longest = Optional.empty();
        for (String each : header.split(",", -1)) {
            Optional<Duration> wait = value(each.trim(), base);
            if (wait.isPresent() && (longest.isEmpty() || wait.get().compareTo(longest.get()) > 0)) {
                longest = wait;
            }
        }
        return longest;
    }

    private static Optional<Duration> value(String text, Instant base) {
        Optional<Duration> wait = seconds(text).or(() -> date(text).map(until -> Duration.between(base, until)));
        return wait.filter(w -> !w.isNegative() && !w.isZero()).map(w -> w.compareTo(LONGEST) > 0 ? LONGEST : w);
    }

    private static Optional<Duration> seconds(String text) {
        if (!text.matches("\\d{1,18}(\\.\\d{1,9})?")) {
            return Optional.empty();
        }
        BigDecimal capped = new BigDecimal(text).min(BigDecimal.valueOf(LONGEST.toSeconds()));
        return Optional.of(Duration.ofNanos(capped.movePointRight(9).longValue()));
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
