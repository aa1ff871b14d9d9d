// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.sets;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A stream of pseudo-random values that is the same on every machine for the same seed, label and index (SplitMix64).
 *
 * <p>Each item of a data set draws from a stream of its own, so that items can be made in any order and in parallel.
 * Not thread-safe; not for keys.
 */
final class SeededStream {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private long state;

    private SeededStream(long state) {
        this.state = state;
    }

    static SeededStream of(long seed, String label, long index) {
        long state = mix(seed + GOLDEN);
        for (byte b : label.getBytes(StandardCharsets.UTF_8)) {
            state = mix(state + GOLDEN * (b + 1L));
        }
        return new SeededStream(mix(state + GOLDEN * (index + 1)));
    }

    long nextLong() {
        state += GOLDEN;
        return mix(state);
    }

    /** A value in {@code [0, bound)}; the bias of the multiplication is below 2^-32. */
    int below(int bound) {
        return (int) (((nextLong() >>> 32) * bound) >>> 32);
    }

    int between(int low, int high) {
        return low + below(high - low + 1);
    }

    double unit() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    boolean chance(double probability) {
        return unit() < probability;
    }

    /** One standard normal value (Box and Muller), by StrictMath so that every machine draws the same. */
    double gaussian() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - unit()));
        return radius * StrictMath.cos(2 * StrictMath.PI * unit());
    }

    double logNormal(double median, double sigma) {
        return median * StrictMath.exp(sigma * gaussian());
    }

    void fill(byte[] target, int offset, int length) {
        int at = offset;
        int end = offset + length;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            LONGS.set(target, at, nextLong());
        }
        for (long rest = nextLong(); at < end; at++, rest >>>= Byte.SIZE) {
            target[at] = (byte) rest;
        }
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
