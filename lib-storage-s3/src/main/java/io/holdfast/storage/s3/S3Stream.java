// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.StoreException;
import io.holdfast.store.ObjectName;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;

/** The bytes of an answer; fails rather than ending early. */
final class S3Stream extends InputStream {
    /** A connection with so little left is worth being read to its end, so that it can be used again. */
    private static final long WORTH_DRAINING = 64 * 1024;

    private final S3Failures failures;
    private final ObjectName name;
    private final ResponseInputStream<?> answer;
    private long left;

    S3Stream(S3Failures failures, ObjectName name, ResponseInputStream<?> answer, long length) {
        this.failures = failures;
        this.name = name;
        this.answer = answer;
        this.left = length;
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
        } catch (IOException e) {
            throw broken("with " + e.getMessage(), e);
        } catch (SdkException e) {
            throw failures.describe("reading", name.value(), e, S3Failures.Effect.NONE);
        }
    }

    private StoreException broken(String how, @org.jspecify.annotations.Nullable IOException cause) {
        return new StoreException(
                ErrorCode.STORE_UNAVAILABLE,
                "reading object '" + name + "' broke off " + how,
                "Check the network, then run the command again",
                cause);
    }

    @Override
    public void close() {
        if (left > WORTH_DRAINING) {
            answer.abort();
            return;
        }
        try {
            answer.close();
        } catch (IOException | SdkException e) {
            // All that was asked for has been delivered.
            answer.abort();
        }
    }
}
