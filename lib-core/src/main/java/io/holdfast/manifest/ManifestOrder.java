// SPDX-License-Identifier: Apache-2.0
package io.holdfast.manifest;

import io.holdfast.model.ItemKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** The order of entries: containers before other items, then by the bytes of the key in UTF-8, unsigned. */
public final class ManifestOrder {

    /** Compares positions as a manifest does. */
    public static final Comparator<Position> COMPARATOR = (a, b) -> Arrays.compareUnsigned(a.bytes(), b.bytes());

    private ManifestOrder() {}

    /**
     * Where an entry stands.
     *
     * @param entry the entry
     * @return its position
     */
    public static Position position(ManifestEntry entry) {
        return new Position(entry.kind().container(), entry.key());
    }

    /**
     * Checks that changes stand in order, and each item in at most one of them.
     *
     * @param changes the changes
     * @throws IllegalArgumentException if they do not ascend
     */
    public static void requireAscending(List<EntryChange> changes) {
        for (int i = 1; i < changes.size(); i++) {
            Position before = changes.get(i - 1).position();
            Position now = changes.get(i).position();
            if (COMPARATOR.compare(before, now) >= 0) {
                throw new IllegalArgumentException("change of '" + now.key() + "' stands behind that of '"
                        + before.key() + "'; changes ascend in the order of a manifest, each item once");
            }
        }
    }

    /**
     * A place in the order.
     *
     * @param container whether the item is a container
     * @param key the item's key
     */
    public record Position(boolean container, ItemKey key) {
        /** Checks for null. */
        public Position {
            Objects.requireNonNull(key, "key");
        }

        /**
         * The position as sortable bytes: 0 for a container or 1, then the key in UTF-8.
         *
         * @return fresh bytes
         */
        public byte[] bytes() {
            byte[] text = key.value().getBytes(StandardCharsets.UTF_8);
            byte[] bytes = new byte[text.length + 1];
            bytes[0] = (byte) (container ? 0 : 1);
            System.arraycopy(text, 0, bytes, 1, text.length);
            return bytes;
        }
    }
}
