// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.crypto.SealBrokenException;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.RepositoryException;
import io.holdfast.internal.commit.StoredRecord;
import io.holdfast.internal.digest.Sha256;
import io.holdfast.internal.format.RecordFront;
import io.holdfast.internal.format.RecordId;
import io.holdfast.internal.format.SnapshotRecord;
import io.holdfast.internal.format.SnapshotRecordCodec;
import io.holdfast.internal.seal.EnvelopeKind;
import io.holdfast.internal.seal.EnvelopeName;
import io.holdfast.internal.seal.OpenedEnvelope;
import java.util.HexFormat;

/** The commit records as objects of the store: each is read when it is asked for and held against its name and seal; safe for several threads. */
final class RecordObjects {
    private final RepositoryParts parts;
    private final RecordPlaces places;

    RecordObjects(RepositoryParts parts, Inventory inventory) {
        this.parts = parts;
        this.places = new RecordPlaces(parts.repository().isConditional(), inventory);
    }

    /** Where they stand. */
    RecordPlaces places() {
        return places;
    }

    StoredRecord read(RecordPlaces.Place place) {
        byte[] bytes = places.bytes(place);
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

    private static RepositoryException damaged(RecordPlaces.Place place, String what) {
        return new RepositoryException(
                ErrorCode.REPOSITORY_DAMAGED,
                "object '" + place.object() + "' " + what,
                "Run verify to learn what else is damaged");
    }
}
