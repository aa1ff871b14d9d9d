// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.internal.format.RunRef;
import io.holdfast.model.ItemKey;
import java.util.List;
import java.util.Optional;

/**
 * The keys that a complete pass over a feed has named so far, changed or not; without it no removal may be inferred.
 *
 * <p>Safe for use by several threads. Keeps a 64-bit keyed hash of each key: two keys with one hash can only hide a removal until a later
 * session, never make one.
 */
public interface SeenKeys {

    /**
     * Marks a key as named.
     *
     * @param key the key
     */
    void add(ItemKey key);

    /**
     * Whether a key was named.
     *
     * @param key the key
     * @return true if it was, or if another with the same hash was
     */
    boolean contains(ItemKey key);

    /**
     * Writes what was marked since the last draft as a run.
     *
     * @param number the number of the snapshot that is being made
     * @return the draft, or empty if nothing is new
     */
    Optional<RunDraft> freeze(long number);

    /**
     * The placed runs.
     *
     * @return newest first
     */
    List<RunRef> runs();
}
