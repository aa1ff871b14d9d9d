// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Calls to the source by operation, each attempt counted; safe for use by several threads. */
public final class RequestCounts {
    private final Map<String, LongAdder> byOperation = new ConcurrentHashMap<>();
    private final LongAdder throttled = new LongAdder();

    RequestCounts() {}

    void succeeded(String operation) {
        byOperation.computeIfAbsent(operation, name -> new LongAdder()).increment();
    }

    void failed(String operation, Failure failure) {
        succeeded(operation);
        if (failure.category() == FailureCategory.THROTTLED) {
            throttled.increment();
        }
    }

    /**
     * How many calls were made.
     *
     * @return the count over all operations
     */
    public long total() {
        return byOperation.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /**
     * How many calls were refused for their number.
     *
     * @return the count
     */
    public long throttled() {
        return throttled.sum();
    }

    /**
     * The calls by operation.
     *
     * @return counts, sorted by operation
     */
    public Map<String, Long> byOperation() {
        Map<String, Long> map = new TreeMap<>();
        byOperation.forEach((operation, count) -> map.put(operation, count.sum()));
        return map;
    }
}
