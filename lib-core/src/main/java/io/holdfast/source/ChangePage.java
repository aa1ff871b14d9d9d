// SPDX-License-Identifier: Apache-2.0
package io.holdfast.source;

import java.util.Objects;

/** One page of a feed: changes to be pulled one at a time, and then where the page ends. */
public interface ChangePage extends Pull<Change> {

    /**
     * Where the page ends; to be asked after {@link #next()} has given null.
     *
     * @return how to go on
     * @throws IllegalStateException if there are changes left
     */
    End end();

    /** How a feed goes on after a page. */
    sealed interface End {}

    /**
     * There are more pages.
     *
     * @param next where they begin
     */
    record More(Cursor next) implements End {
        /** Checks for null. */
        public More {
            Objects.requireNonNull(next, "next");
        }
    }

    /**
     * The feed has told everything for now.
     *
     * @param next where the next session begins
     * @param complete for a WATERMARK feed, whether this pass listed every item; INCREMENTAL feeds say so for a first run or after a
     *     reset; ENUMERATION feeds always do
     */
    record CaughtUp(Cursor next, boolean complete) implements End {
        /** Checks for null. */
        public CaughtUp {
            Objects.requireNonNull(next, "next");
        }
    }

    /** The cursor is no longer good: the feed is to be read from its beginning, and what it does not name is to be looked up. */
    record Reset() implements End {}
}
