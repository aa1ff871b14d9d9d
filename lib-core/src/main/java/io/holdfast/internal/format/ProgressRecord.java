// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.format;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The body of a progress record: where a session that has not committed can be taken up again.
 *
 * @param base the newest record of the lineage when it was written; number 0 and an empty hash stand for none
 * @param epoch the writer's epoch
 * @param number counts the progress records of one base and epoch, from 1
 * @param lineage the keyed name of the lineage
 * @param seen the smallest retire number of all writers that worked on it
 * @param table the stored runs of the tenant's table as it stands, newest first
 * @param inlineTable its newest run, as bytes, where it is short; empty for none
 * @param packs the packs written since the base, which no index run names yet
 * @param started when the session began
 * @param written when the record was written
 */
@SuppressWarnings("ArrayRecordComponent") // a decoded file format; compared by nobody
public record ProgressRecord(
        Base base,
        long epoch,
        long number,
        String lineage,
        long seen,
        List<RunRef> table,
        byte[] inlineTable,
        List<PackRef> packs,
        Instant started,
        Instant written) {

    /** Copies lists and checks for null. */
    public ProgressRecord {
        Objects.requireNonNull(base, "base");
        Objects.requireNonNull(lineage, "lineage");
        Objects.requireNonNull(started, "started");
        Objects.requireNonNull(written, "written");
        table = List.copyOf(table);
        packs = List.copyOf(packs);
    }

    /**
     * The record that progress is based on.
     *
     * @param number its number, 0 if the lineage has none yet
     * @param hash its hash, empty if the lineage has none yet
     */
    public record Base(long number, byte[] hash) {
        /** Checks that both are there or neither. */
        public Base {
            if (number < 0 || (number == 0) != (hash.length == 0)) {
                throw new IllegalArgumentException("base " + number + " with a hash of " + hash.length + " bytes");
            }
        }
    }
}
