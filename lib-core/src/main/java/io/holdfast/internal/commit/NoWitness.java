// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.internal.format.RecordId;
import io.holdfast.repository.StoreProof;
import java.util.Optional;
import java.util.Set;

/** The witness of a host that keeps no files. */
record NoWitness() implements Witness {

    @Override
    public Optional<Identity> repository() {
        return Optional.empty();
    }

    @Override
    public void remember(Identity repository) {}

    @Override
    public Optional<RecordId> newest(String lineage) {
        return Optional.empty();
    }

    @Override
    public Set<String> lineages() {
        return Set.of();
    }

    @Override
    public void note(String lineage, RecordId record) {}

    @Override
    public Optional<StoreProof> proof() {
        return Optional.empty();
    }

    @Override
    public void noteProof(StoreProof proof) {}

    @Override
    public boolean remembers() {
        return false;
    }

    @Override
    public boolean acceptsRollback() {
        return false;
    }

    @Override
    public String howToForget() {
        return "Nothing is remembered";
    }
}
