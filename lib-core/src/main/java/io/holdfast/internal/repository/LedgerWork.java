// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.internal.format.LedgerEntry;
import io.holdfast.internal.format.ResourceState;
import io.holdfast.internal.format.RunRef;
import io.holdfast.model.ItemKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The open ledger of one resource while a session changes it; safe for use by several threads.
 *
 * <p>Small by nature: it is held in memory while a session works on the resource, and written whole as one run when it changed.
 */
public interface LedgerWork {

    /**
     * Finds the open entry of an item.
     *
     * @param key the item
     * @return its entry, or empty
     */
    Optional<LedgerEntry> find(ItemKey key);

    /**
     * Opens or replaces an entry.
     *
     * @param entry the entry
     */
    void put(LedgerEntry entry);

    /**
     * Closes the entry of an item; nothing happens if there is none.
     *
     * @param key the item
     */
    void close(ItemKey key);

    /**
     * The entries that are due.
     *
     * @param now the time
     * @return entries in the order of their keys
     */
    List<LedgerEntry> due(Instant now);

    /**
     * All open entries.
     *
     * @return entries in the order of their keys
     */
    List<LedgerEntry> open();

    /**
     * How many entries are open, by what is wrong.
     *
     * @return the counts, pending changes included
     */
    ResourceState.OpenCounts counts();

    /**
     * Writes the ledger as a run if it changed.
     *
     * @param number the number of the snapshot that is being made
     * @return the draft, or empty if nothing changed
     */
    Optional<RunDraft> freeze(long number);

    /**
     * The placed runs.
     *
     * @return newest first
     */
    List<RunRef> runs();
}
