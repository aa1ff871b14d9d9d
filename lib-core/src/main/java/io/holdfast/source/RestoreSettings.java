// SPDX-License-Identifier: Apache-2.0
package io.holdfast.source;

import java.util.Objects;
import java.util.Optional;

/**
 * Where a restore goes and how it behaves there.
 *
 * @param restoreId names this restore; the same for the rerun of a broken one
 * @param intoFolder the folder that everything goes into; empty for where it was
 * @param toOwner another owner than the one backed up; empty for the same
 * @param conflict what to do where something stands in the way
 */
public record RestoreSettings(
        String restoreId, Optional<String> intoFolder, Optional<String> toOwner, Conflict conflict) {

    /** Checks for null. */
    public RestoreSettings {
        Objects.requireNonNull(restoreId, "restoreId");
        Objects.requireNonNull(intoFolder, "intoFolder");
        Objects.requireNonNull(toOwner, "toOwner");
        Objects.requireNonNull(conflict, "conflict");
    }

    /** What to do where something that this restore did not create stands in the way; nothing is ever deleted. */
    public enum Conflict {
        /** Leave what is there. */
        SKIP,
        /** Create beside it. */
        KEEP_BOTH,
        /** Write the backed-up state over it. */
        REPLACE
    }
}
