// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.internal.format.ResourceState;
import io.holdfast.internal.format.RunRef;
import io.holdfast.manifest.ManifestDigest;
import io.holdfast.model.ResourceId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The tenant's table while a session changes it: what is kept of each resource; safe for use by several threads.
 */
public interface TableWork {

    /**
     * Finds a resource.
     *
     * @param id the resource
     * @return its state, or empty if nothing is stored of it
     */
    Optional<ResourceState> find(ResourceId id);

    /**
     * Puts the state of a resource.
     *
     * @param state the state
     */
    void put(ResourceState state);

    /**
     * Removes a resource that was released.
     *
     * @param id the resource
     */
    void remove(ResourceId id);

    /**
     * Gives all resources in the order of their ids.
     *
     * @param consumer takes each state
     */
    void forEach(Consumer<ResourceState> consumer);

    /**
     * How much all resources hold together, as a record says it.
     *
     * @return {@code items}, {@code containers} and {@code bytes}
     */
    default Map<String, Long> held() {
        Map<String, Long> held = new TreeMap<>(Map.of("items", 0L, "containers", 0L, "bytes", 0L));
        forEach(state -> {
            held.merge("items", state.counts().items(), Long::sum);
            held.merge("containers", state.counts().containers(), Long::sum);
            held.merge("bytes", state.counts().bytes(), Long::sum);
        });
        return held;
    }

    /**
     * The table as it goes into a record: stored runs, and the newest changes as bytes while they are short; writes an object of its own
     * under {@code runs/} when they are not.
     *
     * @param number the number of the snapshot that is being made
     * @return the table
     */
    Written write(long number);

    /**
     * The sum over the digests of all resources (FORMAT.md, tenant digest).
     *
     * @return the digest
     */
    ManifestDigest digest();

    /**
     * A table in the form of a record.
     *
     * @param runs the stored runs, newest first
     * @param inline the newest run as bytes; empty for none
     */
    @SuppressWarnings("ArrayRecordComponent") // a value on its way into a record; compared by nobody
    record Written(List<RunRef> runs, byte[] inline) {
        /** Copies the list. */
        public Written {
            runs = List.copyOf(runs);
        }
    }
}
