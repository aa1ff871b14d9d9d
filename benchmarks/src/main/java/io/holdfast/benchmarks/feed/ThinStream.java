// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.feed;

import java.io.InputStream;
import java.util.Arrays;

/**
 * Bytes of which no two kilobytes are equal and hardly any carry information, so that gigabytes of new chunks pass through the
 * whole engine and a hundredth of them reaches the disk; for one thread.
 */
final class ThinStream extends InputStream {
    private static final int STRETCH = 1_024;

    private long left;
    private long position;

    ThinStream(long length) {
        this.left = length;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        if (left == 0) {
            return length == 0 ? 0 : -1;
        }
        int count = (int) Math.min(length, left);
        for (int done = 0; done < count; ) {
            int within = (int) (position % STRETCH);
            int part = Math.min(count - done, STRETCH - within);
            fill(bytes, offset + done, part, within);
            position += part;
            done += part;
        }
        left -= count;
        return count;
    }

    /** A stretch is its number, mixed, in eight bytes, and then the same byte over and over. */
    private void fill(byte[] bytes, int from, int count, int within) {
        long number = position / STRETCH;
        long mixed = (number + 1) * 0x9E3779B97F4A7C15L;
        Arrays.fill(bytes, from, from + count, (byte) 'x');
        for (int i = within; i < Long.BYTES && i - within < count; i++) {
            bytes[from + i - within] = (byte) (mixed >>> 8 * i);
        }
    }
}
