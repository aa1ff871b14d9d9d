// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.internal.format.RecordId;
import io.holdfast.repository.StoreProof;
import java.util.Optional;
import java.util.Set;

/**
 * What this machine remembers of a repository, so that one that was set back or replaced is noticed.
 *
 * <p>Safe for use by several threads. Losing it is harmless: then only less is noticed.
 */
public interface Witness {

    /**
     * Which repository stood at this place.
     *
     * @param id the repository's id, 32 hexadecimal characters
     * @param keyFingerprint what tells its key from another
     */
    record Identity(String id, String keyFingerprint) {}

    /**
     * Which repository stood at this place when it was last opened.
     *
     * @return the repository, or empty if none is remembered
     */
    Optional<Identity> repository();

    /**
     * Remembers the repository at this place; forgets the records of another one.
     *
     * @param repository the repository
     */
    void remember(Identity repository);

    /**
     * The newest record of a lineage that this machine has seen.
     *
     * @param lineage the keyed name of the lineage
     * @return the record, or empty if none is remembered or a rollback is accepted
     */
    Optional<RecordId> newest(String lineage);

    /**
     * The lineages of which this machine has seen a record.
     *
     * @return their keyed names; empty if a rollback is accepted
     */
    Set<String> lineages();

    /**
     * Remembers a record; an older one than is remembered only if a rollback is accepted.
     *
     * @param lineage the keyed name of its lineage
     * @param record the record
     */
    void note(String lineage, RecordId record);

    /**
     * How the store stood the last proof that this machine made.
     *
     * @return the proof; empty if it never made one, or keeps no memory
     */
    Optional<StoreProof> proof();

    /**
     * Remembers a proof.
     *
     * @param proof how the store stood it
     */
    void noteProof(StoreProof proof);

    /**
     * Whether this machine keeps a memory at all.
     *
     * @return false if nothing that is noted is found again
     */
    boolean remembers();

    /**
     * Whether the operator accepts that the repository was set back.
     *
     * @return true if records older than were seen are taken as they are
     */
    boolean acceptsRollback();

    /**
     * How a person makes this machine forget what it remembers.
     *
     * @return a sentence in the imperative
     */
    String howToForget();

    /**
     * No memory at all.
     *
     * @return a witness that has seen nothing
     */
    static Witness none() {
        return new NoWitness();
    }
}
