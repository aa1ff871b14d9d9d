// SPDX-License-Identifier: Apache-2.0
package io.holdfast.pacing;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * What an answer tells of the budget that it was counted on; services give it when they like.
 *
 * @param load how much of the budget is used up: 0 for nothing, 1 for all, more for a limit that is passed
 * @param reset after what time the budget is whole again; empty if the answer does not say
 */
public record RateFeedback(double load, Optional<Duration> reset) {

    /** Checks the range. */
    public RateFeedback {
        if (Double.isNaN(load) || load < 0) {
            throw new IllegalArgumentException("load is " + load + "; it must be 0 or more");
        }
    }

    /**
     * Reads the headers of an answer, in any of these dialects: {@code RateLimit-Limit}, {@code -Remaining}, {@code -Reset} (IETF draft 3), the same
     * with {@code X-} before it, {@code RateLimit: limit=…, remaining=…, reset=…} (draft 7), {@code x-ms-throttle-limit-percentage}
     * (Microsoft Graph, directory).
     *
     * @param header gives the value of a header by its name, in lower case; null if it is absent
     * @return what they tell; empty if they tell nothing or nonsense
     */
    public static Optional<RateFeedback> parse(Function<String, String> header) {
        OptionalDouble percentage = number(header.apply("x-ms-throttle-limit-percentage"));
        if (percentage.isPresent()) {
            return Optional.of(new RateFeedback(percentage.getAsDouble(), Optional.empty()));
        }
        Optional<RateFeedback> joined =
                Optional.ofNullable(header.apply("ratelimit")).flatMap(RateFeedback::joined);
        return joined.or(() -> separate(header, "ratelimit-")).or(() -> separate(header, "x-ratelimit-"));
    }

    private static Optional<RateFeedback> separate(Function<String, String> header, String prefix) {
        return of(
                number(header.apply(prefix + "limit")),
                number(header.apply(prefix + "remaining")),
                number(header.apply(prefix + "reset")));
    }

    private static Optional<RateFeedback> joined(String value) {
        Map<String, OptionalDouble> found = new java.util.HashMap<>();
        for (String each : value.split("[,;]", -1)) {
            int equals = each.indexOf('=');
            if (equals > 0) {
                found.put(
                        each.substring(0, equals).trim().toLowerCase(Locale.ROOT), number(each.substring(equals + 1)));
            }
        }
        return of(
                found.getOrDefault("limit", OptionalDouble.empty()),
                found.getOrDefault("remaining", OptionalDouble.empty()),
                found.getOrDefault("reset", OptionalDouble.empty()));
    }

    private static Optional<RateFeedback> of(OptionalDouble limit, OptionalDouble remaining, OptionalDouble reset) {
        if (limit.isEmpty() || remaining.isEmpty() || limit.getAsDouble() <= 0) {
            return Optional.empty();
        }
        double load = Math.max(0, 1 - remaining.getAsDouble() / limit.getAsDouble());
        // A reset of years is a point in time of some other dialect, not a wait.
        Optional<Duration> wait = reset.isPresent() && reset.getAsDouble() <= RetryAfter.LONGEST.toSeconds()
                ? Optional.of(Duration.ofMillis((long) (reset.getAsDouble() * 1000)))
                : Optional.empty();
        return Optional.of(new RateFeedback(load, wait));
    }

    /** A number that is not negative; of "100, 100;w=60" the first. */
    private static OptionalDouble number(@org.jspecify.annotations.Nullable String text) {
        if (text == null) {
            return OptionalDouble.empty();
        }
        String first = text.split("[,;]", 2)[0].trim();
        return first.matches("\\d{1,15}(\\.\\d{1,9})?")
                ? OptionalDouble.of(Double.parseDouble(first))
                : OptionalDouble.empty();
    }
}
