// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import io.holdfast.repository.StoredItem;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of one item in a restore.
 *
 * @param item the item
 * @param outcome what happened to it
 * @param trouble why it failed, or empty
 */
public record RestoredItem(StoredItem item, Outcome outcome, Optional<String> trouble) {

    /** What happened to an item. */
    public enum Outcome {
        /** It was created or written. */
        RESTORED,
        /** This restore had created it before. */
        ALREADY_THERE,
        /** Something else stands there, and was left. */
        SKIPPED,
        /** It could not be restored. */
        FAILED
    }

    /** Checks for null. */
    public RestoredItem {
        Objects.requireNonNull(item, "item");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(trouble, "trouble");
    }
}
