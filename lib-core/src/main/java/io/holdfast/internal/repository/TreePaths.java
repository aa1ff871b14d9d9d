// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.manifest.ManifestEntry;
import io.holdfast.model.ItemKey;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Derives paths by following containers; for one thread. Holds the containers of one resource, which come before all other items.
 */
final class TreePaths {
    /** More levels than this are a circle or worse: the path is cut there. */
    private static final int DEEPEST = 1024;

    private final Map<ItemKey, Place> containers = new HashMap<>();

    void add(ManifestEntry container) {
        containers.put(container.key(), new Place(container.name(), first(container)));
    }

    private static Optional<ItemKey> first(ManifestEntry entry) {
        return entry.containers().isEmpty()
                ? Optional.empty()
                : Optional.of(entry.containers().get(0));
    }

    /** The names from the root down to the item itself. */
    List<String> of(ManifestEntry entry) {
        ArrayDeque<String> names = new ArrayDeque<>();
        names.addFirst(entry.name());
        Optional<ItemKey> up = first(entry);
        while (up.isPresent() && names.size() < DEEPEST) {
            Place place = containers.get(up.get());
            if (place == null) {
                break;
            }
            names.addFirst(place.name);
            up = place.parent;
        }
        return List.copyOf(names);
    }

    private record Place(String name, Optional<ItemKey> parent) {}
}
