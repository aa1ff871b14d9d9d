// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import io.holdfast.drift.DriftEvent;
import io.holdfast.exchange.ExchangeRecord;
import io.holdfast.identity.IdentityEvent;
import io.holdfast.retry.FailureCategory;
import io.holdfast.services.ServiceListener;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts what was sent to services, as they count: each part of a batch is one, and requests for tokens are requests. */
final class ServiceCounts implements ServiceListener {
    private final Map<String, Long> byOperation = new TreeMap<>();
    private long throttled;
    private Duration waited = Duration.ZERO;
    private long drift;

    @Override
    public synchronized void exchange(ExchangeRecord exchange) {
        byOperation.merge(
                exchange.request().operation(), Math.max(1, exchange.cost().requests()), Long::sum);
        waited = waited.plus(exchange.waited());
        if (exchange.failure().equals(Optional.of(FailureCategory.THROTTLED))) {
            throttled++;
        }
    }

    @Override
    public synchronized void identity(IdentityEvent event) {
        switch (event.kind()) {
            case GRANTED, UNAVAILABLE, REJECTED, DENIED -> byOperation.merge("identity.token", 1L, Long::sum);
            case THROTTLED -> {
                byOperation.merge("identity.token", 1L, Long::sum);
                throttled++;
            }
            default -> {}
        }
    }

    @Override
    public synchronized void drift(DriftEvent event) {
        drift++;
    }

    /** How many things were answered that had never been answered before. */
    synchronized long drift() {
        return drift;
    }

    /** How many there were of each operation. */
    synchronized Map<String, Long> byOperation() {
        return new TreeMap<>(byOperation);
    }

    /** How long requests waited for their turn, all together. */
    synchronized Duration waited() {
        return waited;
    }

    synchronized long total() {
        return byOperation.values().stream().mapToLong(Long::longValue).sum();
    }

    synchronized long throttled() {
        return throttled;
    }
}
