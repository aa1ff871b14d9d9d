// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.seal;

/** Makes the {@link BlockSealer} of an object from the 32-byte salt that stands in its plain header. */
public interface BlockSealers {

    /** The length of a salt in bytes. */
    int SALT_BYTES = 32;

    /**
     * A fresh salt from the secure source of randomness.
     *
     * @return 32 bytes
     */
    byte[] newSalt();

    /**
     * The sealer of one object.
     *
     * @param kind what kind of object it is, such as {@code manifest-run}; a part of the key's derivation
     * @param salt the object's salt
     * @return the sealer
     */
    BlockSealer forObject(String kind, byte[] salt);
}
