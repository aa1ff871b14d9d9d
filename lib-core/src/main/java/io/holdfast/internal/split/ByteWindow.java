// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A window of bounded size that slides forward over a stream: the bytes from the position up to the limit can be looked
 * at as often as wanted before they are skipped. Used by one thread; reused for stream after stream.
 */
final class ByteWindow {
    private final byte[] bytes;
    private @Nullable InputStream in;
    private int position;
    private int limit;
    private boolean ended;

    ByteWindow(int capacity) {
        this.bytes = new byte[capacity];
    }

    /** Starts on another stream, or lets go of the last one. */
    void reset(@Nullable InputStream stream) {
        in = stream;
        position = 0;
        limit = 0;
        ended = false;
    }

    /** The backing array: valid between {@link #position()} and {@link #limit()}, until the next read. */
    byte[] bytes() {
        return bytes;
    }

    int position() {
        return position;
    }

    int limit() {
        return limit;
    }

    int available() {
        return limit - position;
    }

    void skip(int count) {
        position += count;
    }

    /** Reads on until {@code wanted} bytes are available, the stream ends or the window is full; returns what is there. */
    int require(int wanted) throws IOException {
        while (available() < wanted && grow()) {
            continue;
        }
        return available();
    }

    /** The length of the line at the position with its LF, or of what there is when stream or window end before one. */
    int lineLength() throws IOException {
        int scanned = 0;
        while (true) {
            int lf = indexOfLineFeed(position + scanned);
            if (lf >= 0) {
                return lf + 1 - position;
            }
            scanned = available();
            if (!grow()) {
                return scanned;
            }
        }
    }

    /** The first LF at or after the index and before the limit, or -1. */
    int indexOfLineFeed(int from) {
        byte[] b = bytes;
        for (int at = from, end = limit; at < end; at++) {
            if (b[at] == '\n') {
                return at;
            }
        }
        return -1;
    }

    /** One read, never {@code readNBytes}: subclasses of the JDK's streams override that without a loop. */
    private boolean grow() throws IOException {
        if (ended || in == null || available() == bytes.length) {
            return false;
        }
        if (limit == bytes.length) {
            System.arraycopy(bytes, position, bytes, 0, available());
            limit -= position;
            position = 0;
        }
        int read = in.read(bytes, limit, bytes.length - limit);
        ended = read < 0;
        limit += Math.max(0, read);
        return !ended;
    }
}
