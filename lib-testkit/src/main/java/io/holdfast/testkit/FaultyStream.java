// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.function.Supplier;

/** A stream of a faulty store: dies with it, and may have one damaged place. */
final class FaultyStream extends InputStream {
    private final InputStream in;
    private final FaultPlan plan;
    private final long damagedAt;
    private final int flip;
    private final Supplier<RuntimeException> failure;
    private long position;

    private FaultyStream(InputStream in, FaultPlan plan, long damagedAt, int flip, Supplier<RuntimeException> failure) {
        this.in = in;
        this.plan = plan;
        this.damagedAt = damagedAt;
        this.flip = flip;
        this.failure = failure;
    }

    static FaultyStream sound(InputStream in, FaultPlan plan) {
        return new FaultyStream(in, plan, Long.MAX_VALUE, 0, IllegalStateException::new);
    }

    static FaultyStream flipping(InputStream in, FaultPlan plan, long at) {
        return new FaultyStream(in, plan, at, plan.bit(), IllegalStateException::new);
    }

    static FaultyStream breaking(InputStream in, FaultPlan plan, long at, Supplier<RuntimeException> failure) {
        return new FaultyStream(in, plan, at, 0, failure);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        plan.requireAlive();
        if (flip == 0 && position >= damagedAt) {
            throw failure.get();
        }
        int upToDamage = flip == 0 ? (int) Math.min(length, damagedAt - position) : length;
        int n = in.read(bytes, offset, upToDamage);
        if (flip != 0 && damagedAt >= position && damagedAt < position + n) {
            bytes[offset + (int) (damagedAt - position)] ^= (byte) flip;
        }
        position += Math.max(0, n);
        return n;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
