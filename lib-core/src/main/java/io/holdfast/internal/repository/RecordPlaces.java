// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.internal.commit.ObjectNames;
import io.holdfast.internal.format.RecordFront;
import io.holdfast.internal.format.SnapshotRecordCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** Where commit records stand, by the names of objects, which takes no key; safe for several threads. */
final class RecordPlaces {
    private static final int MAX_BYTES = RecordFront.MAX_BYTES + SnapshotRecordCodec.MAX_BYTES + (1 << 20);
    private static final int HASH_DIGITS = 16;

    private final boolean conditional;
    private final Inventory inventory;

    /**
     * The places in a store.
     *
     * @param conditional whether records are named by their number alone; otherwise the fork rule holds
     * @param inventory what stands there
     */
    RecordPlaces(boolean conditional, Inventory inventory) {
        this.conditional = conditional;
        this.inventory = inventory;
    }

    /**
     * Where a record stands.
     *
     * @param lineage the keyed name of its lineage
     * @param object its name
     * @param number its number
     * @param hashPrefix the beginning of its hash where the fork rule holds, else empty
     */
    record Place(String lineage, String object, long number, String hashPrefix) {}

    /** The keyed names of the lineages that have objects. */
    Set<String> lineages() {
        Set<String> names = new TreeSet<>();
        for (String object : inventory.below(ObjectNames.SNAPSHOTS).keySet()) {
            place(object).ifPresent(place -> names.add(place.lineage()));
        }
        return names;
    }

    /** The records of a lineage, ascending. */
    List<Place> places(String lineage) {
        List<Place> places = new ArrayList<>();
        for (String object : inventory.below(ObjectNames.records(lineage)).keySet()) {
            place(object).ifPresent(places::add);
        }
        return places;
    }

    /** What the name of a record says; empty if it is none that a record has here. */
    Optional<Place> place(String object) {
        int slash = object.indexOf('/', ObjectNames.SNAPSHOTS.length());
        if (slash < 0) {
            return Optional.empty();
        }
        String lineage = object.substring(ObjectNames.SNAPSHOTS.length(), slash);
        String rest = object.substring(slash + 1);
        int hyphen = rest.indexOf('-');
        String hash = hyphen < 0 ? "" : rest.substring(hyphen + 1);
        OptionalLong number = ObjectNames.number(hyphen < 0 ? rest : rest.substring(0, hyphen));
        boolean fits = conditional ? hyphen < 0 : hash.length() == HASH_DIGITS;
        return fits && number.orElse(0) > 0
                ? Optional.of(new Place(lineage, object, number.getAsLong(), hash))
                : Optional.empty();
    }

    /** The whole bytes of a record. */
    byte[] bytes(Place place) {
        return inventory.read(place.object(), MAX_BYTES);
    }
}
