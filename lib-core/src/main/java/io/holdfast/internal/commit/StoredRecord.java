// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.internal.format.RecordFront;
import io.holdfast.internal.format.RecordId;
import io.holdfast.internal.format.SnapshotRecord;
import java.util.Objects;

/**
 * A record as it stands on the store.
 *
 * @param id its number and the hash of its bytes
 * @param record what it says
 * @param front what it says without a key
 */
public record StoredRecord(RecordId id, SnapshotRecord record, RecordFront front) {

    /** Checks for null. */
    public StoredRecord {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(record, "record");
        Objects.requireNonNull(front, "front");
    }
}
