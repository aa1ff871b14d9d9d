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
 * @param permissions what becomes of permissions
 */
public record RestoreSettings(
        String restoreId,
        Optional<String> intoFolder,
        Optional<String> toOwner,
        Conflict conflict,
        Permissions permissions) {

    /** Checks for null. */
    public RestoreSettings {
        Objects.requireNonNull(restoreId, "restoreId");
        Objects.requireNonNull(intoFolder, "intoFolder");
        Objects.requireNonNull(toOwner, "toOwner");
        Objects.requireNonNull(conflict, "conflict");
        Objects.requireNonNull(permissions, "permissions");
    }

    /**
     * Settings that keep permissions.
     *
     * @param restoreId names this restore
     * @param intoFolder the folder that everything goes into
     * @param toOwner another owner than the one backed up
     * @param conflict what to do where something stands in the way
     */
    public RestoreSettings(String restoreId, Optional<String> intoFolder, Optional<String> toOwner, Conflict conflict) {
        this(restoreId, intoFolder, toOwner, conflict, Permissions.KEEP);
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

    /** What becomes of the permissions that items had; nobody is told of any, and owners and inherited ones are not written. */
    public enum Permissions {
        /** Grant them again within the tenant that they come from; elsewhere they are reported. */
        KEEP,
        /** Tell which there were. */
        REPORT,
        /** Leave them out without a word. */
        NONE
    }
}
