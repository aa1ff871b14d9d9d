// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.internal.format.PackRef;

/** Takes part when packs are looked into, so that no frame has to be opened for the sake of its blobs again. Safe for use by several threads. */
public interface FrameWatch {

    /**
     * Whether a frame was opened and its blobs were held against their ids already; it is then not opened again.
     *
     * @param pack the pack
     * @param start where the frame begins in it
     * @return true if it needs no opening
     */
    boolean isProven(PackRef pack, long start);

    /**
     * Takes a blob that was found and has its id.
     *
     * @param id its id
     * @param sha256 the hash of its plaintext, by which parts of one blob are known
     */
    void blob(byte[] id, byte[] sha256);
}
