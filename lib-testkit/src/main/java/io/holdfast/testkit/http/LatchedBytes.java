// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Gives the first bytes at once, and the rest when it is told to. */
final class LatchedBytes extends InputStream {
    private final CountDownLatch latch;
    private int free;

    LatchedBytes(int free, CountDownLatch latch) {
        this.free = free;
        this.latch = latch;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (free == 0) {
            awaitReader();
            free = Integer.MAX_VALUE;
        }
        int given = Math.min(length, free);
        Arrays.fill(bytes, offset, offset + given, (byte) 'x');
        free -= given;
        return given;
    }

    private void awaitReader() throws IOException {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IOException("nobody read the beginning");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
