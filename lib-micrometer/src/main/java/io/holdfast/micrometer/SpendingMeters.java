// SPDX-License-Identifier: Apache-2.0
package io.holdfast.micrometer;

import io.holdfast.pacing.Cost;
import io.holdfast.pacing.ScopeLevel;
import io.holdfast.pacing.Spending;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one pacer has spent, of all tenants together. Guarded by the lock of its {@link HoldfastMeters}. */
final class SpendingMeters {
    private static final double NANOS = 1e9;

    private final MeterRegistry registry;
    private final TagValues operations;
    private final Map<Key, Total> counted = new HashMap<>();

    SpendingMeters(MeterRegistry registry, TagValues operations) {
        this.registry = registry;
        this.operations = operations;
    }

    private record Key(String provider, String pool, String operation) {
        private Tags tags() {
            return Tags.of("provider", provider, "pool", pool, "operation", operation);
        }
    }

    private record Total(long requests, long throttled, long units, long up, long down, long waitedNanos) {
        private static final Total NOTHING = new Total(0, 0, 0, 0, 0, 0);

        private Total plus(Spending more) {
            Cost spent = more.spent();
            return new Total(
                    requests + spent.requests(),
                    throttled + more.throttled(),
                    units + spent.units(),
                    up + spent.bytesUp(),
                    down + spent.bytesDown(),
                    waitedNanos + more.waited().toNanos());
        }
    }

    void update(List<Spending> spending) {
        Map<Key, Total> now = new HashMap<>();
        for (Spending each : spending) {
            Key key = new Key(
                    HoldfastMeters.nameOf(each.tenant(), ScopeLevel.PROVIDER),
                    each.pool().isEmpty() ? TagValues.NONE : each.pool(),
                    operations.of(each.operation()));
            now.merge(key, Total.NOTHING.plus(each), (one, other) -> one.plus(each));
        }
        now.forEach((key, total) -> {
            Total before = counted.getOrDefault(key, Total.NOTHING);
            Tags tags = key.tags();
            add("holdfast.requests", "requests", tags, total.requests() - before.requests());
            add("holdfast.requests.throttled", "requests", tags, total.throttled() - before.throttled());
            add("holdfast.requests.units", "units", tags, total.units() - before.units());
            add("holdfast.requests.transferred", "bytes", tags.and("direction", "up"), total.up() - before.up());
            add("holdfast.requests.transferred", "bytes", tags.and("direction", "down"), total.down() - before.down());
            add("holdfast.requests.waited", "seconds", tags, (total.waitedNanos() - before.waitedNanos()) / NANOS);
            counted.put(key, total);
        });
    }

    /** A pacer may forget a tenant that is idle for long: then less was spent than before, and a counter stays where it is. */
    private void add(String name, String unit, Tags tags, double amount) {
        Counters.of(registry, name, unit, tags).increment(Math.max(0, amount));
    }
}
