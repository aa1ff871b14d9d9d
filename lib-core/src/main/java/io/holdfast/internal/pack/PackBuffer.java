// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.internal.digest.Sha256;
import io.holdfast.store.ObjectBody;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The bytes of a pack that is being filled, in segments of 1 MiB, so that a session that stores little takes little.
 *
 * <p>Filled by one thread at a time; read by any when full. {@link #recycle()} ends it.
 */
final class PackBuffer {
    static final int SEGMENT_BYTES = 1 << 20;

    private final Segments pool;
    private final List<byte[]> segments = new ArrayList<>();
    private long length;

    PackBuffer(Segments pool) {
        this.pool = pool;
    }

    long length() {
        return length;
    }

    void write(byte[] bytes, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, bytes.length);
        int done = 0;
        while (done < count) {
            int at = (int) (length % SEGMENT_BYTES);
            if (at == 0) {
                segments.add(pool.take());
            }
            int step = Math.min(count - done, SEGMENT_BYTES - at);
            System.arraycopy(bytes, offset + done, segments.get(segments.size() - 1), at, step);
            done += step;
            length += step;
        }
    }

    /** Appends what another buffer holds from an offset on. */
    void append(PackBuffer other, long from) {
        long at = from;
        while (at < other.length) {
            int inSegment = (int) (at % SEGMENT_BYTES);
            int step = (int) Math.min(SEGMENT_BYTES - inSegment, other.length - at);
            write(other.segments.get((int) (at / SEGMENT_BYTES)), inSegment, step);
            at += step;
        }
    }

    byte[] sha256() {
        MessageDigest digest = Sha256.start();
        for (int i = 0; i < segments.size(); i++) {
            digest.update(segments.get(i), 0, (int) Math.min(SEGMENT_BYTES, length - (long) i * SEGMENT_BYTES));
        }
        return digest.digest();
    }

    ObjectBody body() {
        return new ObjectBody() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public InputStream open() {
                return new Reading();
            }
        };
    }

    void recycle() {
        segments.forEach(pool::giveBack);
        segments.clear();
        length = 0;
    }

    private final class Reading extends InputStream {
        private long at;

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int count) {
            Objects.checkFromIndexSize(offset, count, bytes.length);
            if (count == 0) {
                return 0;
            }
            if (at == length) {
                return -1;
            }
            int inSegment = (int) (at % SEGMENT_BYTES);
            int step = (int) Math.min(Math.min(count, SEGMENT_BYTES - inSegment), length - at);
            System.arraycopy(segments.get((int) (at / SEGMENT_BYTES)), inSegment, bytes, offset, step);
            at += step;
            return step;
        }

        @Override
        public int available() {
            return (int) Math.min(Integer.MAX_VALUE, length - at);
        }
    }

    /** Keeps segments for the next pack; safe for use by several threads. */
    static final class Segments {
        private final ConcurrentLinkedDeque<byte[]> idle = new ConcurrentLinkedDeque<>();
        private final AtomicInteger idleCount = new AtomicInteger();
        private final AtomicInteger inUse = new AtomicInteger();
        private final AtomicInteger mostInUse = new AtomicInteger();
        private final int keep;

        Segments(int keep) {
            this.keep = keep;
        }

        /** The most segments that were in use at once. */
        int mostInUse() {
            return mostInUse.get();
        }

        private byte[] take() {
            mostInUse.accumulateAndGet(inUse.incrementAndGet(), Math::max);
            byte[] segment = idle.pollFirst();
            if (segment == null) {
                return new byte[SEGMENT_BYTES];
            }
            idleCount.decrementAndGet();
            return segment;
        }

        private void giveBack(byte[] segment) {
            inUse.decrementAndGet();
            if (idleCount.incrementAndGet() <= keep) {
                idle.addFirst(segment);
            } else {
                idleCount.decrementAndGet();
            }
        }
    }
}
