// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What a restore did; immutable.
 *
 * @param outcome how it ended
 * @param restoreId names the restore; the rerun of a broken one has the same
 * @param restored how many items were created or written, containers not included
 * @param alreadyThere how many this restore had created before
 * @param skipped how many were left because something else stands there
 * @param failed how many could not be restored
 * @param failures the first of those, at most 1000
 * @param unreadable the resources whose items could not be listed because of damage, with why
 * @param putAside the resources for which the target asked to wait longer than a run does, with how many items are left, and why; the same restore, run again,
 *     goes on
 * @param remarks what was left out of items that are there, such as permissions of somebody who is gone
 * @param bytes how many bytes of content were written
 * @param duration how long it took
 */
public record RestoreReport(
        Outcome outcome,
        String restoreId,
        long restored,
        long alreadyThere,
        long skipped,
        long failed,
        List<RestoredItem> failures,
        List<String> unreadable,
        List<String> putAside,
        List<String> remarks,
        long bytes,
        Duration duration) {

    /** How a restore ended. */
    public enum Outcome {
        /** Every selected item is there. */
        COMPLETE,
        /** Something failed, or was put aside. */
        PARTIAL,
        /** It was asked to stop; the same restore goes on from there. */
        STOPPED
    }

    /** Copies the lists and checks for null. */
    public RestoreReport {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(restoreId, "restoreId");
        Objects.requireNonNull(duration, "duration");
        failures = List.copyOf(failures);
        unreadable = List.copyOf(unreadable);
        putAside = List.copyOf(putAside);
        remarks = List.copyOf(remarks);
    }
}
