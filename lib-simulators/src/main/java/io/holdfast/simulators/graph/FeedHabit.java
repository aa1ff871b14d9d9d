// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import java.util.Set;

/** How lists and change tracking behave, as was seen of the real service; {@link #USUAL} is on when nothing else is said. */
public enum FeedHabit {
    /** A message that was only marked as read comes with id, {@code isRead} and {@code parentFolderId} and nothing else (graph-docs issue 7776). */
    SPARSE_UPDATES,
    /** With immutable ids a message that left a folder and came back is announced as removed and never again (docs-contrib issue 72). */
    RETURNS_UNSEEN,
    /** Elements come twice, in one round and in the next. */
    REPEATS,
    /** Pages without elements, but with a link to the next one. */
    EMPTY_PAGES,
    /** The second page's link leads to the second page, for ever. */
    NEXT_LINK_LOOP,
    /** Removals are not announced. */
    LOST_TOMBSTONES,
    /** What was made or changed between two rounds is not announced. */
    LOST_UPDATES,
    /** Of a folder of a drive that was deleted with all that it held, only the folder itself is announced. */
    FOLDER_REMOVALS_ALONE,
    /** What was made and removed between two rounds is announced as removed. */
    NEVER_SEEN_REMOVALS,
    /** Between the first and the second page of a list something is deleted before the place, so that an element slips through. */
    PAGE_SHIFT;

    /** What the service does on any day. */
    public static final Set<FeedHabit> USUAL = Set.of(SPARSE_UPDATES, RETURNS_UNSEEN);
}
