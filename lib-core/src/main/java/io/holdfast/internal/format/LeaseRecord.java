// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.format;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * The body of a lease: who claims a lineage or the maintenance of a repository, and what he saw last.
 *
 * @param owner who claims it, for other processes to judge and for people to read
 * @param claim 16 random bytes of this one claim, which tell it from a later claim of the same process
 * @param counter raised by every write of the lease; who watches it learns that the owner lives
 * @param epoch the epoch that the owner writes under
 * @param released whether the owner has let go of it; a lease is never deleted
 * @param last the newest record that the owner knew of the lineage
 * @param since when it was claimed, by the owner's clock; for display
 * @param beat when it was written last, by the owner's clock; for display
 */
@SuppressWarnings("ArrayRecordComponent") // a decoded file format; claims are compared by isSameClaim
public record LeaseRecord(
        Owner owner,
        byte[] claim,
        long counter,
        long epoch,
        boolean released,
        Optional<RecordId> last,
        Instant since,
        Instant beat) {

    /** The length of a claim in bytes. */
    public static final int CLAIM_BYTES = 16;

    /** Checks the numbers and for null. */
    public LeaseRecord {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(last, "last");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(beat, "beat");
        if (claim.length != CLAIM_BYTES || counter < 1 || epoch < 0) {
            throw new IllegalArgumentException(
                    "lease with a claim of " + claim.length + " bytes, counter " + counter + " and epoch " + epoch);
        }
    }

    /**
     * Whether another state of a lease is of the same claim.
     *
     * @param other the other state
     * @return true if nobody claimed the lease anew between the two
     */
    public boolean isSameClaim(LeaseRecord other) {
        return Arrays.equals(claim, other.claim);
    }

    /**
     * The same claim with another counter.
     *
     * @param newCounter the counter
     * @return a copy
     */
    public LeaseRecord withCounter(long newCounter) {
        return new LeaseRecord(owner, claim, newCounter, epoch, released, last, since, beat);
    }

    /**
     * The process that holds a lease.
     *
     * @param host the machine's name, for people
     * @param pid the process's number in its namespace
     * @param startTime when the process started, in whatever unit the system has; empty if unknown
     * @param machineId what names the machine; empty if unknown
     * @param bootId what names the machine's present run; empty if unknown
     * @param pidNamespace what names the space in which the process's number holds; empty if unknown
     */
    public record Owner(String host, long pid, String startTime, String machineId, String bootId, String pidNamespace) {
        private static final int MAX_TEXT = 256;

        /** Checks the lengths. */
        public Owner {
            for (String text : new String[] {host, startTime, machineId, bootId, pidNamespace}) {
                if (text.length() > MAX_TEXT) {
                    throw new IllegalArgumentException("owner of a lease with a text of " + text.length()
                            + " characters; allowed are " + MAX_TEXT);
                }
            }
        }

        /** Who and where, as messages have it. */
        @Override
        public String toString() {
            return "process " + pid + " on " + host;
        }
    }
}
