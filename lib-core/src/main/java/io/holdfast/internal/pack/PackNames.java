// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.internal.format.PackRef;
import io.holdfast.store.ObjectListing;
import io.holdfast.store.ObjectStat;
import io.holdfast.store.ObjectStore;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;

/** The packs that stand on a store, by their names. */
public final class PackNames {
    private static final String DATA = "data/";
    private static final String META = "meta/";
    private static final int DIGITS = 2 * PackFormat.HASH_BYTES;

    private PackNames() {}

    /**
     * Lists all packs.
     *
     * @param store the store
     * @param each takes each pack
     */
    public static void list(ObjectStore store, Consumer<PackRef> each) {
        for (String prefix : new String[] {DATA, META}) {
            try (ObjectListing listing = store.list(prefix)) {
                while (listing.hasNext()) {
                    ObjectStat object = listing.next();
                    parse(object.name().value(), object.length()).ifPresent(each);
                }
            }
        }
    }

    /**
     * Reads the name of an object.
     *
     * @param object the name
     * @param length the object's length
     * @return the pack, or empty if no pack is named so
     */
    public static Optional<PackRef> parse(String object, long length) {
        boolean meta = object.startsWith(META);
        int start = META.length();
        if (!meta && !object.startsWith(DATA) || object.length() != start + 3 + DIGITS) {
            return Optional.empty();
        }
        String hex = object.substring(start + 3);
        try {
            PackRef pack = new PackRef(HexFormat.of().parseHex(hex), meta, length);
            return pack.objectName().equals(object) ? Optional.of(pack) : Optional.empty();
        } catch (IllegalArgumentException noHex) {
            return Optional.empty();
        }
    }
}
