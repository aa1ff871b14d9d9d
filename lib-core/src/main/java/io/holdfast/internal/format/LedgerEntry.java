// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.format;

import io.holdfast.model.ItemRef;
import io.holdfast.repository.OpenFailure;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * One open entry of a resource's ledger: enough to ask for the item again by id.
 *
 * @param ref how the item is found
 * @param condition what is wrong
 * @param cause a short stable name of the cause
 * @param code the raw code of the service; empty if it gave none
 * @param parts the names of the parts that are not stored; empty for the whole item
 * @param attempts how many sessions have tried
 * @param since when it failed first
 * @param due from when on it is tried again
 */
public record LedgerEntry(
        ItemRef ref,
        OpenFailure.Condition condition,
        String cause,
        String code,
        List<String> parts,
        int attempts,
        Instant since,
        Instant due) {

    /** Copies the list and checks for null. */
    public LedgerEntry {
        Objects.requireNonNull(ref, "ref");
        Objects.requireNonNull(condition, "condition");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(due, "due");
        parts = List.copyOf(parts);
        if (attempts < 1) {
            throw new IllegalArgumentException("ledger entry with " + attempts + " attempts");
        }
    }
}
