// SPDX-License-Identifier: Apache-2.0
package io.holdfast.pacing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What planned requests cost, and how long they take under the limits of a profile: as long as the budget that binds takes.
 *
 * @param requests how many requests the services count
 * @param units their own units of work
 * @param bytesUp bytes of requests
 * @param bytesDown bytes of answers
 * @param duration how long it takes at least
 * @param binding whose limit decides that; empty if it is only how much we do at once
 * @param byOperation requests by operation
 */
public record Forecast(
        long requests,
        long units,
        long bytesUp,
        long bytesDown,
        Duration duration,
        Optional<Scope> binding,
        Map<String, Long> byOperation) {

    /** Copies the map. */
    public Forecast {
        Objects.requireNonNull(duration, "duration");
        Objects.requireNonNull(binding, "binding");
        byOperation = Map.copyOf(byOperation);
    }

    /**
     * Predicts.
     *
     * @param profile the limits
     * @param work the planned requests
     * @param parallelism how many of them we send at once at most, at least 1
     * @return the forecast
     */
    static Forecast of(PacingProfile profile, List<PlannedWork> work, int parallelism) {
        if (parallelism < 1) {
            throw new IllegalArgumentException("parallelism is " + parallelism + "; it must be at least 1");
        }
        Map<Scope, List<PlannedWork>> byScope = new LinkedHashMap<>();
        Map<String, Long> operations = new HashMap<>();
        double busy = 0;
        for (PlannedWork each : work) {
            operations.merge(each.operation(), each.requests() * each.each().requests(), Long::sum);
            busy += seconds(each.latency()) * each.requests();
            for (Scope scope = each.scope(); scope != null; scope = scope.outer()) {
                byScope.computeIfAbsent(scope, s -> new ArrayList<>()).add(each);
            }
        }
        double longest = busy / parallelism;
        Optional<Scope> binding = Optional.empty();
        for (Map.Entry<Scope, List<PlannedWork>> each : byScope.entrySet()) {
            for (Limit limit : profile.limitsOf(each.getKey())) {
                double needed = needed(limit, profile.factorOf(each.getKey()), each.getValue());
                if (needed > longest) {
                    longest = needed;
                    binding = Optional.of(each.getKey());
                }
            }
        }
        return new Forecast(
                sum(Meter.REQUESTS, work),
                sum(Meter.UNITS, work),
                sum(Meter.BYTES_UP, work),
                sum(Meter.BYTES_DOWN, work),
                Duration.ofMillis((long) (longest * 1000)),
                binding,
                operations);
    }

    private static double needed(Limit limit, double factor, List<PlannedWork> work) {
        if (limit instanceof Limit.Rate rate) {
            return sum(rate.meter(), work) / (rate.amount() * factor) * seconds(rate.period());
        }
        double occupied = 0;
        for (PlannedWork each : work) {
            occupied += seconds(each.latency()) * each.requests() * each.each().slots();
        }
        return occupied / ((Limit.Slots) limit).count();
    }

    private static long sum(Meter meter, List<PlannedWork> work) {
        return work.stream()
                .mapToLong(each -> each.requests() * each.each().of(meter))
                .sum();
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
