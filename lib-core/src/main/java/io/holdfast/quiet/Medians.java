// SPDX-License-Identifier: Apache-2.0
package io.holdfast.quiet;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A moving median of how long each operation takes. Guarded by the lock of its {@link QuietWindows}. */
final class Medians {
    private static final int MOST = 1000;
    private static final double SLOW = 2.5;

    /** Of fewer answers no median is known. */
    private static final int LEAST = 30;

    private final Map<String, Median> medians = new LinkedHashMap<>(16, 0.75f, true);

    /** Steps towards each value by a fixed ratio, up or down: it rests where as many lie above as below. */
    private static final class Median {
        private double seconds;
        private int seen;

        private void add(double value) {
            seen++;
            double ratio = seen < LEAST ? 1.2 : 1.01;
            seconds = seen == 1 ? value : value > seconds ? seconds * ratio : seconds / ratio;
        }
    }

    /** Takes a duration in; true if it is slow for its operation. */
    boolean isSlow(String operation, Duration latency) {
        double seconds = Math.max(1e-6, latency.toNanos() / 1e9);
        Median median = medians.computeIfAbsent(operation, o -> new Median());
        if (medians.size() > MOST) {
            medians.remove(medians.keySet().iterator().next());
        }
        boolean slow = median.seen >= LEAST && seconds > SLOW * median.seconds;
        median.add(seconds);
        return slow;
    }
}
