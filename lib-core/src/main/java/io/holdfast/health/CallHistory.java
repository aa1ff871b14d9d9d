// SPDX-License-Identifier: Apache-2.0
package io.holdfast.health;

import java.util.LinkedHashMap;
import java.util.Map;

/** What sessions of a tenant used to need, by mode: a mean in which older sessions fade. Guarded by the board's lock. */
final class CallHistory {
    private static final int MOST_MODES = 16;

    /** The newest session makes a fifth of the mean, so one odd session does not set the standard. */
    private static final double NEWEST = 0.2;

    /** Of fewer sessions nothing is concluded. */
    private static final int LEAST = 3;

    private final Map<String, Mean> means = new LinkedHashMap<>();

    private static final class Mean {
        private double value;
        private int sessions;
    }

    /** How many times more than usual; 1 if not enough is known. */
    double comparedWithHistory(SessionCalls calls) {
        Mean mean = means.get(calls.mode());
        return mean == null || mean.sessions < LEAST || mean.value <= 0 ? 1 : calls.perChange() / mean.value;
    }

    void add(SessionCalls calls) {
        if (!means.containsKey(calls.mode()) && means.size() >= MOST_MODES) {
            return;
        }
        Mean mean = means.computeIfAbsent(calls.mode(), m -> new Mean());
        mean.sessions++;
        double weight = Math.max(NEWEST, 1.0 / mean.sessions);
        mean.value += (calls.perChange() - mean.value) * weight;
    }
}
