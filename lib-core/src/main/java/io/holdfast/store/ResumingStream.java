// SPDX-License-Identifier: Apache-2.0
package io.holdfast.store;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import io.holdfast.error.ObjectMissingException;
import io.holdfast.error.StoreException;
import io.holdfast.retry.Retrier;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * The bytes of a range, read on from where they broke off.
 *
 * <p>Objects that are read in pieces are written once, so the rest is still the rest. An object that is overwritten while it is read
 * (a lease, say) is read whole, as one piece; nothing of it has been given out when it breaks off, and it is asked for anew.
 */
final class ResumingStream extends InputStream {
    /** After this much progress a break counts as the first one again: a long object must not use up its attempts. */
    private static final long PROGRESS = 1 << 20;

    private final ObjectStore store;
    private final Retrier retrier;
    private final ObjectName name;
    private final ByteRange range;
    private Retrier.Operation operation;
    private InputStream in;
    private long done;
    private long doneAtLastStart;

    ResumingStream(ObjectStore store, Retrier retrier, ObjectName name, ByteRange range) {
        this.store = store;
        this.retrier = retrier;
        this.name = name;
        this.range = range;
        this.operation = retrier.begin();
        this.in = first(store, operation, name, range);
    }

    private static InputStream first(ObjectStore store, Retrier.Operation operation, ObjectName name, ByteRange range) {
        while (true) {
            try {
                return store.get(name, range);
            } catch (HoldfastException e) {
                operation.failed(e);
            }
        }
    }

    /** One attempt at reading. */
    @FunctionalInterface
    private interface Attempt<T> {
        T run() throws IOException;
    }

    private <T> T attempt(Attempt<T> attempt) {
        boolean broken = false;
        while (true) {
            try {
                if (broken) {
                    reopen();
                    broken = false;
                }
                return attempt.run();
            } catch (HoldfastException e) {
                operation.failed(e);
                broken = true;
            } catch (IOException e) {
                operation.failed(brokenOff(e));
                broken = true;
            }
        }
    }

    private StoreException brokenOff(IOException e) {
        return new StoreException(
                ErrorCode.STORE_UNAVAILABLE,
                "reading object '" + name + "' broke off after " + done + " bytes: " + e.getMessage(),
                "Check the connection to " + store.describe(),
                e);
    }

    private void reopen() {
        closeQuietly();
        if (done == 0) {
            // Not by its length: the object that has the length may not be the one that is read then.
            in = store.get(name, range);
            return;
        }
        ObjectStat stat = store.stat(name).orElseThrow(() -> new ObjectMissingException(name.value(), null));
        ByteRange.Extent extent = range.within(name, stat.length());
        long left = extent.length() - done;
        in = left > 0 ? store.get(name, ByteRange.of(extent.offset() + done, left)) : InputStream.nullInputStream();
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        countProgress();
        int n = attempt(() -> in.read(bytes, offset, length));
        done += Math.max(0, n);
        return n;
    }

    private void countProgress() {
        if (done - doneAtLastStart >= PROGRESS) {
            doneAtLastStart = done;
            operation = retrier.begin();
        }
    }

    @Override
    public byte[] readAllBytes() {
        return readNBytes(Integer.MAX_VALUE);
    }

    @Override
    public byte[] readNBytes(int length) {
        // As one attempt: the store's own stream knows how much is left, and what a break cuts short is read again from
        // its start.
        byte[] bytes = attempt(() -> in.readNBytes(length));
        done += bytes.length;
        return bytes;
    }

    @Override
    public void close() {
        closeQuietly();
    }

    private void closeQuietly() {
        try {
            in.close();
        } catch (IOException | HoldfastException e) {
            // What was read has been delivered, and what was not is read from a fresh stream.
        }
    }
}
