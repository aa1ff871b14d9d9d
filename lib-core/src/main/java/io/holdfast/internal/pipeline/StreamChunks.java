// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.internal.pack.Lane;
import io.holdfast.internal.repository.SessionWork;
import io.holdfast.internal.split.Chunker;
import io.holdfast.manifest.BlobRef;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts one stream of bytes into chunks as it comes in, and stores them; for one thread.
 *
 * <p>Short streams become one chunk. The buffer grows with the stream, up to twice the largest chunk.
 */
final class StreamChunks {
    private static final int FIRST_BUFFER = 16 << 10;

    private final SessionWork work;
    private final Lane lane;
    private final Chunker chunker;
    private final List<BlobRef> blobs = new ArrayList<>(1);
    private byte[] buffer;
    private int filled;

    StreamChunks(SessionWork work, Lane lane, Chunker chunker) {
        this(work, lane, chunker, new byte[FIRST_BUFFER]);
    }

    StreamChunks(SessionWork work, Lane lane, Chunker chunker, byte[] buffer) {
        this.work = work;
        this.lane = lane;
        this.chunker = chunker;
        this.buffer = buffer;
    }

    void write(byte[] bytes, int offset, int length) {
        int from = offset;
        int left = length;
        while (left > 0) {
            int room = room(left);
            System.arraycopy(bytes, from, buffer, filled, room);
            filled += room;
            from += room;
            left -= room;
            if (filled == capacity()) {
                cut(false);
            }
        }
    }

    /** Stores what is left and gives all blobs of the stream, in order. */
    List<BlobRef> finish() {
        cut(true);
        return blobs;
    }

    /** The buffer, for the next stream. */
    byte[] buffer() {
        return buffer;
    }

    private int capacity() {
        return 2 * chunker.params().maxBytes();
    }

    private int room(int wanted) {
        if (filled == buffer.length && filled < capacity()) {
            long grown =
                    Math.min(capacity(), Math.max(2L * buffer.length, Math.min((long) filled + wanted, capacity())));
            buffer = java.util.Arrays.copyOf(buffer, (int) grown);
        }
        return Math.min(wanted, buffer.length - filled);
    }

    private void cut(boolean last) {
        int from = 0;
        int keep = last ? 0 : chunker.params().maxBytes();
        while (filled - from > keep) {
            int length = chunker.cut(buffer, from, filled - from, last);
            blobs.add(work.store(lane, buffer, from, length));
            from += length;
        }
        System.arraycopy(buffer, from, buffer, 0, filled - from);
        filled -= from;
    }
}
