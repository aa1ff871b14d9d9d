// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.seal;

import io.holdfast.crypto.SealBrokenException;

/**
 * Seals the numbered blocks of one object under a key of its own: the nonce is the block's number.
 *
 * <p>Safe for use by several threads.
 */
public interface BlockSealer {

    /**
     * Seals one block.
     *
     * @param number the block's number, 0 to 2^32 - 1, used once for each object
     * @param plain the array that holds the plaintext
     * @param offset where it begins
     * @param length how long it is, at most 16 MiB
     * @return the sealed bytes, {@link #overheadBytes(int)} longer than the plaintext
     */
    byte[] seal(long number, byte[] plain, int offset, int length);

    /**
     * Opens one block.
     *
     * @param number the block's number
     * @param sealed the array that holds the sealed bytes
     * @param offset where they begin
     * @param length how long they are
     * @return the plaintext
     * @throws SealBrokenException if the bytes are not that block of that object
     */
    byte[] open(long number, byte[] sealed, int offset, int length) throws SealBrokenException;

    /**
     * By how much sealing lengthens a block.
     *
     * @param length the plaintext's length in bytes
     * @return the overhead in bytes
     */
    int overheadBytes(int length);
}
