// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.seal;

import io.holdfast.crypto.Encryptor;
import io.holdfast.crypto.SealBrokenException;
import io.holdfast.crypto.Slice;

/** Seals each block as a range of segments whose number is the block's number. */
final class SegmentedBlockSealer implements BlockSealer {
    private static final long MAX_NUMBER = 0xffff_ffffL;
    private static final int MAX_BLOCK_BYTES = 16 << 20;

    private final SegmentSealer segments;
    private final int tagBytes;

    SegmentedBlockSealer(Encryptor encryptor, byte[] key, byte[] associatedData) {
        this.segments = new SegmentSealer(encryptor, key, associatedData);
        this.tagBytes = encryptor.tagBytes();
    }

    @Override
    public byte[] seal(long number, byte[] plain, int offset, int length) {
        check(number);
        if (length > MAX_BLOCK_BYTES) {
            throw new IllegalArgumentException("block of " + length + " bytes; allowed are " + MAX_BLOCK_BYTES);
        }
        byte[] sealed = new byte[length + overheadBytes(length)];
        segments.seal(number, new Slice(plain, offset, length), sealed, 0);
        return sealed;
    }

    @Override
    public byte[] open(long number, byte[] sealed, int offset, int length) throws SealBrokenException {
        check(number);
        long plainLength = SegmentSealer.plainLength(length, tagBytes);
        if (plainLength > MAX_BLOCK_BYTES) {
            throw new SealBrokenException("block of " + plainLength + " bytes; allowed are " + MAX_BLOCK_BYTES);
        }
        byte[] plain = new byte[(int) plainLength];
        segments.open(number, new Slice(sealed, offset, length), plain, 0);
        return plain;
    }

    @Override
    public int overheadBytes(int length) {
        return Math.toIntExact(SegmentSealer.sealedLength(length, tagBytes) - length);
    }

    private static void check(long number) {
        if (number < 0 || number > MAX_NUMBER) {
            throw new IllegalArgumentException("block number " + number + " is not in 0.." + MAX_NUMBER);
        }
    }
}
