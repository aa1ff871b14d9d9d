// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.StoreException;
import io.holdfast.repository.StoreProof;
import io.holdfast.repository.StoreProof.Ability;
import io.holdfast.repository.StoreProof.Verdict;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proves now and then that the store still does what the repository was created on (FORMAT.md, 16.9).
 *
 * <p>A bucket whose versioning was switched on, a gateway that was exchanged or updated: each may accept a condition and ignore it from then
 * on, and two sessions would replace each other's records. Sessions that are about to write prove it again when the last proof that this machine
 * remembers is a week old. A host without a memory has no schedule; there the operator asks. Readers prove nothing.
 */
final class ProofSchedule {
    private static final Logger LOG = LoggerFactory.getLogger(ProofSchedule.class);
    static final Duration INTERVAL = Duration.ofDays(7);

    private final UnlockedRepository repository;
    private final Witness witness;

    ProofSchedule(UnlockedRepository repository, Witness witness) {
        this.repository = repository;
        this.witness = witness;
    }

    /**
     * Proves the store if that is due.
     *
     * @throws StoreException with {@code STORE_UNSUPPORTED} if it no longer does what commits of this repository rely on
     */
    void proveIfDue() {
        Instant now = repository.runtime().time().now();
        if (!witness.remembers() || !isDue(now)) {
            return;
        }
        StoreProof proof = new CapabilityProof(repository.store(), repository.runtime()).prove();
        boolean holds =
                proof.proves(repository.isConditional() ? Ability.CONDITIONAL_CREATE : Ability.LISTS_AFTER_WRITE);
        if (!holds) {
            throw new StoreException(
                    ErrorCode.STORE_UNSUPPORTED,
                    "store " + repository.store().describe() + " no longer does what this repository was created on: "
                            + (repository.isConditional()
                                    ? "it does not refuse to create an object that exists"
                                    : "it does not list what was just written"),
                    "Find out what changed at the store, such as versioning or a gateway, and change it back; reading is safe");
        }
        proof.verdicts().forEach((ability, verdict) -> {
            if (verdict == Verdict.REFUTED) {
                LOG.warn(
                        "Store {} claims {} and does something else; see doctor --repository",
                        repository.store().describe(),
                        ability);
            }
        });
        witness.noteProof(proof);
    }

    /** A proof from the future is none: the clock was set back. */
    private boolean isDue(Instant now) {
        return witness.proof()
                .map(StoreProof::made)
                .filter(last -> !last.isAfter(now) && last.plus(INTERVAL).isAfter(now))
                .isEmpty();
    }
}
