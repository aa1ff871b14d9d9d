// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.crypto.Encryptor;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.store.ObjectStore;
import java.util.Objects;

/**
 * Where a repository is or shall be, and what is lent to it.
 *
 * @param store the store; the caller's to close
 * @param runtime what lends time, randomness and threads; the caller's to close
 * @param encryptor the suite of encryption
 * @param witness what this machine remembers of the place
 */
public record RepositorySite(ObjectStore store, HoldfastRuntime runtime, Encryptor encryptor, Witness witness) {

    /** Checks for null. */
    public RepositorySite {
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(runtime, "runtime");
        Objects.requireNonNull(encryptor, "encryptor");
        Objects.requireNonNull(witness, "witness");
    }
}
