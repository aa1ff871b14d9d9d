// SPDX-License-Identifier: Apache-2.0
package io.holdfast.store;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an answer of a service, of known length: fails rather than ending early; for implementers of stores.
 *
 * <p>For one thread. A stream that is closed early is aborted if much is left of it, and else read to its end, so that its connection can be used
 * again.
 */
public final class AnswerStream extends InputStream {
    private static final long WORTH_DRAINING = 64 * 1024;

    private final ObjectName name;
    private final InputStream answer;
    private final Runnable abort;
    private long left;

    /**
     * A stream from the first byte of the answer on.
     *
     * @param name the object that is read, for messages
     * @param answer the bytes
     * @param length how many there must be
     * @param abort ends the exchange at once, whatever is left
     */
    public AnswerStream(ObjectName name, InputStream answer, long length, Runnable abort) {
        this.name = name;
        this.answer = answer;
        this.left = length;
        this.abort = abort;
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
        if (left == 0) {
            return -1;
        }
        int n = readSome(bytes, offset, (int) Math.min(length, left));
        if (n < 0) {
            throw broken(left + " bytes before its end", null);
        }
        left -= n;
        return n;
    }

    private int readSome(byte[] bytes, int offset, int length) {
        try {
            return answer.read(bytes, offset, length);
        } catch (IOException | RuntimeException e) {
            throw broken("with " + e.getMessage(), e);
        }
    }

    private StoreException broken(String how, @Nullable Exception cause) {
        return new StoreException(
                ErrorCode.STORE_UNAVAILABLE,
                "reading object '" + name + "' broke off " + how,
                "Check the network, then run the command again",
                cause);
    }

    @Override
    public void close() {
        if (left > WORTH_DRAINING) {
            abort.run();
            return;
        }
        try {
            answer.transferTo(OutputStream.nullOutputStream());
            answer.close();
        } catch (IOException | RuntimeException e) {
            // All that was asked for has been delivered.
            abort.run();
        }
    }
}
