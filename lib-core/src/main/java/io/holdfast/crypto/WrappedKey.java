// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crypto;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A repository key as one provider wrapped it.
 *
 * @param provider the name of the provider
 * @param parameters numbers that the unwrapping needs, such as the cost of a key derivation, sorted by name
 * @param salt the salt that was given to the wrapping
 * @param wrapped the wrapped key, at most 4 KiB
 */
@SuppressWarnings("ArrayRecordComponent") // bytes of a file format; compared by nobody
public record WrappedKey(String provider, Map<String, Long> parameters, byte[] salt, byte[] wrapped) {

    /** Checks the lengths and copies the arrays. */
    public WrappedKey {
        Objects.requireNonNull(provider, "provider");
        parameters = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        if (salt.length > 64 || wrapped.length > 4096) {
            throw new IllegalArgumentException("wrapped key of " + wrapped.length + " bytes with a salt of "
                    + salt.length + " bytes; allowed are 4096 and 64");
        }
        salt = salt.clone();
        wrapped = wrapped.clone();
    }

    /**
     * The salt.
     *
     * @return a copy
     */
    @Override
    public byte[] salt() {
        return salt.clone();
    }

    /**
     * The sealed key.
     *
     * @return a copy
     */
    @Override
    public byte[] wrapped() {
        return wrapped.clone();
    }
}
