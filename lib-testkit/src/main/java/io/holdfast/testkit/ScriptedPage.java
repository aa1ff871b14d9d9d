// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.model.ItemKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One page as the tenant has it, before anything goes wrong with it.
 *
 * @param named what it names, in order
 * @param ending how the feed goes on
 * @param next where
 */
record ScriptedPage(List<Named> named, Ending ending, String next) {

    /** How a feed goes on after a page. */
    enum Ending {
        MORE,
        CAUGHT_UP,
        CAUGHT_UP_COMPLETE,
        RESET
    }

    ScriptedPage {
        named = List.copyOf(named);
        Objects.requireNonNull(ending, "ending");
        Objects.requireNonNull(next, "next");
    }

    /**
     * One item that a page names.
     *
     * @param key the item
     * @param item its state, or empty if it is no longer in the feed
     * @param sparse whether less than all of it changed
     */
    record Named(ItemKey key, Optional<ScriptedItem> item, boolean sparse) {}
}
