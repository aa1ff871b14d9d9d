// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.crypto.SealBrokenException;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.RepositoryException;
import io.holdfast.internal.commit.ObjectNames;
import io.holdfast.internal.commit.StoredRecord;
import io.holdfast.internal.digest.Sha256;
import io.holdfast.internal.format.RecordFront;
import io.holdfast.internal.format.RecordId;
import io.holdfast.internal.format.SnapshotRecord;
import io.holdfast.internal.format.SnapshotRecordCodec;
import io.holdfast.internal.seal.EnvelopeKind;
import io.holdfast.internal.seal.EnvelopeName;
import io.holdfast.internal.seal.OpenedEnvelope;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** The commit records as objects of the store: each is read when it is asked for and held against its name and seal; safe for several threads. */
final class RecordObjects {
    private static final int MAX_BYTES = RecordFront.MAX_BYTES + SnapshotRecordCodec.MAX_BYTES + (1 << 20);
    private static final int HASH_DIGITS = 16;

    private final RepositoryParts parts;
    private final Inventory inventory;

    RecordObjects(RepositoryParts parts, Inventory inventory) {
        this.parts = parts;
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
        boolean fits = parts.repository().isConditional() ? hyphen < 0 : hash.length() == HASH_DIGITS;
        return fits && number.orElse(0) > 0
                ? Optional.of(new Place(lineage, object, number.getAsLong(), hash))
                : Optional.empty();
    }

    /** The whole bytes of a record. */
    byte[] bytes(Place place) {
        return inventory.read(place.object(), MAX_BYTES);
    }

    StoredRecord read(Place place) {
        byte[] bytes = bytes(place);
        RecordId id = new RecordId(place.number(), Sha256.of(bytes));
        if (!HexFormat.of().formatHex(id.hash()).startsWith(place.hashPrefix())) {
            throw damaged(place, "does not have the hash that its name says");
        }
        OpenedEnvelope opened;
        try {
            EnvelopeName name = new EnvelopeName(EnvelopeKind.RECORD, place.lineage(), place.number());
            opened = parts.keys().envelopes().open(name, bytes);
        } catch (SealBrokenException broken) {
            throw damaged(place, "does not open: " + broken.getMessage());
        }
        SnapshotRecord record = SnapshotRecordCodec.decode(place.object(), opened.body());
        if (record.number() != place.number() || !record.lineage().equals(place.lineage())) {
            throw damaged(place, "holds record " + record.number() + " of lineage " + record.lineage());
        }
        return new StoredRecord(id, record, RecordFront.decode(place.object(), opened.front()));
    }

    private static RepositoryException damaged(Place place, String what) {
        return new RepositoryException(
                ErrorCode.REPOSITORY_DAMAGED,
                "object '" + place.object() + "' " + what,
                "Run verify to learn what else is damaged");
    }
}
