// SPDX-License-Identifier: Apache-2.0
package io.holdfast.health;

import java.time.Duration;

/** The requests of the last minute, in slices of five seconds. Guarded by the board's lock. */
final class RequestWindow {
    private static final int SLICES = 12;
    private static final long SLICE = Duration.ofSeconds(5).toNanos();

    /** Of fewer requests no part can be told. */
    private static final int LEAST = 10;

    private final int[] sent = new int[SLICES];
    private final int[] failed = new int[SLICES];
    private final int[] throttled = new int[SLICES];
    private long slice = Long.MIN_VALUE;

    void note(RequestFate fate, long nanos) {
        moveTo(nanos);
        int at = Math.floorMod(slice, SLICES);
        sent[at]++;
        failed[at] += fate == RequestFate.FAILED ? 1 : 0;
        throttled[at] += fate == RequestFate.THROTTLED ? 1 : 0;
    }

    double failures(long nanos) {
        moveTo(nanos);
        return part(sum(failed), sum(sent) - sum(throttled));
    }

    double throttling(long nanos) {
        moveTo(nanos);
        return part(sum(throttled), sum(sent));
    }

    boolean isEmpty() {
        return sum(sent) == 0;
    }

    private static double part(int some, int all) {
        return all < LEAST ? 0 : (double) some / all;
    }

    private static int sum(int[] slices) {
        int sum = 0;
        for (int each : slices) {
            sum += each;
        }
        return sum;
    }

    private void moveTo(long nanos) {
        long now = Math.floorDiv(nanos, SLICE);
        long steps = slice == Long.MIN_VALUE ? SLICES : Math.min(SLICES, now - slice);
        for (long i = 0; i < steps; i++) {
            int at = Math.floorMod(now - i, SLICES);
            sent[at] = 0;
            failed[at] = 0;
            throttled[at] = 0;
        }
        slice = now;
    }
}
