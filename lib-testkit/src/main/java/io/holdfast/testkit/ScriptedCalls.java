// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts what a scripted source was asked for; safe for several threads. */
final class ScriptedCalls {
    private final Map<String, Long> operations = new HashMap<>();
    private final List<String> fetched = new ArrayList<>();

    synchronized void count(String operation) {
        operations.merge(operation, 1L, Long::sum);
    }

    synchronized void fetched(String key) {
        fetched.add(key);
    }

    synchronized long of(String operation) {
        return operations.getOrDefault(operation, 0L);
    }

    synchronized List<String> takeFetched() {
        List<String> taken = List.copyOf(fetched);
        fetched.clear();
        return taken;
    }
}
