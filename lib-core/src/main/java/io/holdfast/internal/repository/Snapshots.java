// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.internal.commit.StoredRecord;
import io.holdfast.internal.format.RecordId;
import io.holdfast.internal.format.SnapshotRecord;
import io.holdfast.model.SourceId;
import io.holdfast.repository.Snapshot;
import java.util.HexFormat;
import java.util.Map;
import java.util.OptionalLong;

/** Tells records in the words of the public face. */
final class Snapshots {
    private Snapshots() {}

    static Snapshot of(StoredRecord stored) {
        SnapshotRecord record = stored.record();
        Map<String, Long> counts = record.state().counts();
        return new Snapshot(
                new SourceId(record.source()),
                record.number(),
                HexFormat.of().formatHex(stored.id().hash()),
                record.parents().isEmpty()
                        ? OptionalLong.empty()
                        : OptionalLong.of(record.parents().get(0).number()),
                record.times().started(),
                record.times().committed(),
                record.state().complete(),
                counts.getOrDefault("items", 0L) + counts.getOrDefault("containers", 0L),
                counts.getOrDefault("bytes", 0L),
                record.state().digest());
    }

    static RecordId id(Snapshot snapshot) {
        return new RecordId(snapshot.sequence(), HexFormat.of().parseHex(snapshot.hash()));
    }
}
