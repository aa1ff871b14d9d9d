// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.internal.format.Descriptor;
import io.holdfast.internal.format.RecordId;
import io.holdfast.internal.seal.DataKeyRing;
import io.holdfast.internal.seal.RepositoryKeys;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.store.ObjectStore;
import java.util.Objects;

/**
 * A repository whose descriptor was proven and whose keys are at hand.
 *
 * @param store where it is; the caller's to close
 * @param runtime what lends time, randomness and threads; the caller's to close
 * @param descriptor its newest descriptor
 * @param descriptorId number and hash of that descriptor
 * @param keys what derives from its key
 * @param ring its data keys
 * @param slot the id of the slot that opened
 */
public record UnlockedRepository(
        ObjectStore store,
        HoldfastRuntime runtime,
        Descriptor descriptor,
        RecordId descriptorId,
        RepositoryKeys keys,
        DataKeyRing ring,
        String slot)
        implements AutoCloseable {

    /** Checks for null. */
    public UnlockedRepository {
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(runtime, "runtime");
        Objects.requireNonNull(descriptor, "descriptor");
        Objects.requireNonNull(descriptorId, "descriptorId");
        Objects.requireNonNull(keys, "keys");
        Objects.requireNonNull(ring, "ring");
        Objects.requireNonNull(slot, "slot");
    }

    /**
     * Whether the repository's numbers are taken by creating only if absent.
     *
     * @return false if the fork rule holds
     */
    public boolean isConditional() {
        return descriptor.commitMode() == Descriptor.CommitMode.CONDITIONAL;
    }

    /** Clears the keys. */
    @Override
    public void close() {
        ring.close();
        keys.close();
    }
}
