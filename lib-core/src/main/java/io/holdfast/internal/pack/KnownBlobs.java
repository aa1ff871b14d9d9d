// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

/** Says which blobs need not be stored again. Safe for use by several threads. */
@FunctionalInterface
public interface KnownBlobs {

    /**
     * Whether a blob stands in a pack that a writer may rely on.
     *
     * @param id 20 bytes
     * @return false if it does not, or that is not known
     */
    boolean isKnown(byte[] id);

    /**
     * Knows no blob.
     *
     * @return what always says no
     */
    static KnownBlobs none() {
        return id -> false;
    }
}
