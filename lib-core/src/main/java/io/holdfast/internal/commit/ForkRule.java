// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.internal.format.RecordId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which of several records of one number holds (FORMAT.md, "Fork rule"): the one that a record above builds on, for ever; while none does, the highest
 * epoch, then the lowest hash. Stateless.
 */
final class ForkRule {
    /** Highest epoch first, then lowest hash. */
    static final Comparator<StoredRecord> ORDER = Comparator.comparingLong(
                    (StoredRecord stored) -> stored.record().epoch())
            .reversed()
            .thenComparing(stored -> stored.id().hash(), Arrays::compareUnsigned);

    private ForkRule() {}

    /**
     * Chooses.
     *
     * @param candidates at least one record of one number
     * @param successor the record that holds above them, if there is one
     */
    static StoredRecord choose(List<StoredRecord> candidates, Optional<StoredRecord> successor) {
        Optional<RecordId> parent =
                successor.flatMap(later -> later.record().parents().stream().findFirst());
        return candidates.stream()
                .filter(stored -> parent.filter(stored.id()::equals).isPresent())
                .findFirst()
                .or(() -> candidates.stream().min(ORDER))
                .orElseThrow(() -> new IllegalArgumentException("no record to choose from"));
    }
}
