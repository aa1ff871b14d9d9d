// SPDX-License-Identifier: Apache-2.0
package io.holdfast.manifest;

import io.holdfast.model.ItemKey;
import java.util.Objects;

/** One change of a manifest. */
public sealed interface EntryChange {

    /**
     * Where the item stands in the manifest's order.
     *
     * @return the position
     */
    ManifestOrder.Position position();

    /**
     * The item is as the entry says.
     *
     * @param entry the entry
     */
    record Put(ManifestEntry entry) implements EntryChange {
        /** Checks for null. */
        public Put {
            Objects.requireNonNull(entry, "entry");
        }

        @Override
        public ManifestOrder.Position position() {
            return ManifestOrder.position(entry);
        }
    }

    /**
     * The item is gone.
     *
     * @param key its key
     * @param container whether it was a container
     */
    record Remove(ItemKey key, boolean container) implements EntryChange {
        /** Checks for null. */
        public Remove {
            Objects.requireNonNull(key, "key");
        }

        @Override
        public ManifestOrder.Position position() {
            return new ManifestOrder.Position(container, key);
        }
    }
}
