// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.workload;

import io.holdfast.model.ResourceId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was read of the resources that were visited last, to spare a request for it; older ones are forgotten, however many a tenant has. Safe for use by
 * several threads.
 *
 * @param <V> what was read of a resource
 */
public final class Recent<V> {
    /** More than a session visits at once. */
    private static final int MOST = 256;

    private final Map<ResourceId, V> values = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ResourceId, V> eldest) {
            return size() > MOST;
        }
    };

    /** Remembers nothing yet. */
    public Recent() {}

    /**
     * Remembers something in place of what was known of the resource.
     *
     * @param resource the resource
     * @param value what was read of it
     */
    public synchronized void put(ResourceId resource, V value) {
        values.put(resource, value);
    }

    /**
     * What is remembered.
     *
     * @param resource the resource
     * @return it, or empty if it has to be read
     */
    public synchronized Optional<V> get(ResourceId resource) {
        return Optional.ofNullable(values.get(resource));
    }

    /**
     * What is remembered, this once.
     *
     * @param resource the resource
     * @return it, or empty if it has to be read
     */
    public synchronized Optional<V> take(ResourceId resource) {
        return Optional.ofNullable(values.remove(resource));
    }
}
