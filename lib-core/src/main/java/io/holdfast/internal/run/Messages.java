// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import io.holdfast.crypto.SealBrokenException;
import io.holdfast.internal.seal.BlockSealer;

/** Opens bytes that were cut into messages of 32 KiB, numbered upwards. */
final class Messages {
    private Messages() {}

    /** The stored length of so many plain bytes. */
    static long storedLength(BlockSealer sealer, long plainLength) {
        long whole = plainLength / RunFormat.MESSAGE_BYTES;
        int rest = (int) (plainLength % RunFormat.MESSAGE_BYTES);
        long stored = whole * (RunFormat.MESSAGE_BYTES + sealer.overheadBytes(RunFormat.MESSAGE_BYTES));
        return rest == 0 ? stored : stored + rest + sealer.overheadBytes(rest);
    }

    /** Opens the messages that begin at an offset of stored bytes and hold so many plain bytes. */
    static byte[] open(BlockSealer sealer, long firstNumber, byte[] stored, int offset, int plainLength)
            throws SealBrokenException {
        byte[] plain = new byte[plainLength];
        int from = offset;
        long number = firstNumber;
        for (int done = 0; done < plainLength; done += RunFormat.MESSAGE_BYTES) {
            int wanted = Math.min(RunFormat.MESSAGE_BYTES, plainLength - done);
            int sealedLength = wanted + sealer.overheadBytes(wanted);
            byte[] opened = sealer.open(number, stored, from, sealedLength);
            if (opened.length != wanted) {
                throw new SealBrokenException("message " + number + " has " + opened.length + " bytes, not " + wanted);
            }
            System.arraycopy(opened, 0, plain, done, wanted);
            from += sealedLength;
            number++;
        }
        return plain;
    }
}
