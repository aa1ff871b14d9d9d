// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.posix;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.StoreException;
import io.holdfast.store.ByteRange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Objects;

/** The bytes of a range of a file; fails rather than ending early. */
final class RangeStream extends InputStream {
    // The JDK keeps a direct buffer of the largest size that a thread has ever read.
    private static final int LARGEST_READ = 1 << 20;

    private final FailureReport failures;
    private final Path file;
    private final FileChannel channel;
    private final long end;
    private long position;

    RangeStream(FailureReport failures, Path file, FileChannel channel, ByteRange.Extent extent) {
        this.failures = failures;
        this.file = file;
        this.channel = channel;
        this.position = extent.offset();
        this.end = extent.offset() + extent.length();
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        if (position >= end) {
            return -1;
        }
        int wanted = (int) Math.min(Math.min(length, LARGEST_READ), end - position);
        int n = readAt(ByteBuffer.wrap(bytes, offset, wanted));
        if (n < 0) {
            throw new StoreException(
                    ErrorCode.STORE_SHORT_READ,
                    file + " ended at byte " + position + "; it had more when it was opened",
                    "Run verify: somebody cut the file off");
        }
        position += n;
        return n;
    }

    private int readAt(ByteBuffer into) {
        try {
            return channel.read(into, position);
        } catch (IOException e) {
            throw failures.describe("reading", file, e);
        }
    }

    @Override
    public byte[] readAllBytes() throws IOException {
        return readNBytes(Integer.MAX_VALUE);
    }

    @Override
    public byte[] readNBytes(int length) throws IOException {
        if (length < 0) {
            throw new IllegalArgumentException("length is " + length);
        }
        byte[] bytes = new byte[(int) Math.min(length, end - position)];
        readNBytes(bytes, 0, bytes.length);
        return bytes;
    }

    @Override
    public long skip(long count) {
        long skipped = Math.max(0, Math.min(count, end - position));
        position += skipped;
        return skipped;
    }

    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, end - position);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing was written through it, and all that was read has been delivered.
        }
    }
}
