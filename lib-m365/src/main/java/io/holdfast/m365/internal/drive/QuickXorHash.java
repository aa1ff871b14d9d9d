// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.drive;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The hash that OneDrive and SharePoint announce for files, of 160 bits; it finds faults, not forgeries.
 *
 * <p>Each byte is XORed into a ring of bits, 11 bits further than the one before; in the end the length is XORed into the last 64 bits. Source:
 * "QuickXorHash Algorithm" in Microsoft's OneDrive documentation. For one thread.
 */
final class QuickXorHash extends MessageDigest {
    static final String NAME = "quickXorHash";

    private static final int BYTES = 20;
    private static final int BITS = BYTES * 8;
    private static final int SHIFT = 11;

    /** For each place of a byte in a period of 160 the XOR of all bytes there: the ring is turned once in the end, not for each byte. */
    private final byte[] places = new byte[BITS];

    private long length;

    QuickXorHash() {
        super(NAME);
    }

    @Override
    protected int engineGetDigestLength() {
        return BYTES;
    }

    @Override
    protected void engineUpdate(byte input) {
        places[(int) (length % BITS)] ^= input;
        length++;
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int count) {
        int place = (int) (length % BITS);
        int end = offset + count;
        for (int from = offset; from < end; ) {
            int run = Math.min(BITS - place, end - from);
            for (int i = 0; i < run; i++) {
                places[place + i] ^= input[from + i];
            }
            from += run;
            place = 0;
        }
        length += count;
    }

    @Override
    protected byte[] engineDigest() {
        byte[] hash = new byte[BYTES];
        for (int place = 0; place < BITS; place++) {
            int bit = place * SHIFT % BITS;
            int value = (places[place] & 0xff) << bit % 8;
            hash[bit / 8] ^= (byte) value;
            hash[(bit / 8 + 1) % BYTES] ^= (byte) (value >>> 8);
        }
        for (int i = 0; i < Long.BYTES; i++) {
            hash[BYTES - Long.BYTES + i] ^= (byte) (length >>> 8 * i);
        }
        engineReset();
        return hash;
    }

    @Override
    protected void engineReset() {
        Arrays.fill(places, (byte) 0);
        length = 0;
    }
}
