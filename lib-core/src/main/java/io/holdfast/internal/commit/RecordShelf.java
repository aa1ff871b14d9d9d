// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.error.CommitLostException;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.ObjectMissingException;
import io.holdfast.error.RepositoryException;
import io.holdfast.internal.digest.Sha256;
import io.holdfast.internal.format.RecordFront;
import io.holdfast.internal.format.RecordId;
import io.holdfast.internal.format.SnapshotRecord;
import io.holdfast.internal.format.SnapshotRecordCodec;
import io.holdfast.internal.seal.EnvelopeKind;
import io.holdfast.internal.seal.EnvelopeName;
import io.holdfast.internal.seal.OpenedEnvelope;
import io.holdfast.store.ObjectName;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The records of one lineage as objects: names, bytes, seals; no rule about which of them holds. Safe for use by several threads. */
final class RecordShelf {
    /** Front and body at their limits, and what the envelope adds. */
    private static final int MAX_BYTES = RecordFront.MAX_BYTES + SnapshotRecordCodec.MAX_BYTES + (1 << 20);

    private final UnlockedRepository repository;
    private final String lineage;
    private final CreateOnce creates;

    RecordShelf(UnlockedRepository repository, String lineage) {
        this.repository = repository;
        this.lineage = lineage;
        this.creates = repository.isConditional()
                ? CreateOnce.conditional(repository.store())
                : CreateOnce.unconditional(repository.store());
    }

    boolean isConditional() {
        return repository.isConditional();
    }

    /** The names of all records, ascending by number. */
    List<RecordName> names() {
        return named(ObjectNames.records(lineage));
    }

    /** The names of the records that bear a number: at most one, or any number of them where the fork rule holds. */
    List<RecordName> at(long number) {
        ObjectName single = ObjectNames.record(lineage, number);
        if (isConditional()) {
            return repository
                    .store()
                    .stat(single)
                    .map(stat -> List.of(new RecordName(single, number, "")))
                    .orElseGet(List::of);
        }
        return named(single.value() + "-");
    }

    private List<RecordName> named(String prefix) {
        String folder = ObjectNames.records(lineage);
        return StoredBytes.below(repository.store(), prefix).stream()
                .map(rest -> RecordName.parse(lineage, prefix.substring(folder.length()) + rest, isConditional()))
                .flatMap(Optional::stream)
                .toList();
    }

    boolean isTaken(long number) {
        return !at(number).isEmpty();
    }

    /** Reads and proves the records that bear a number. */
    List<StoredRecord> readAt(long number) {
        if (!isConditional()) {
            return at(number).stream().map(this::read).toList();
        }
        try {
            return List.of(read(new RecordName(ObjectNames.record(lineage, number), number, "")));
        } catch (ObjectMissingException absent) {
            return List.of();
        }
    }

    /** Reads and proves a record. */
    StoredRecord read(RecordName name) {
        byte[] bytes = StoredBytes.read(repository.store(), name.object(), MAX_BYTES);
        RecordId id = new RecordId(name.number(), Sha256.of(bytes));
        if (!HexFormat.of().formatHex(id.hash()).startsWith(name.hashPrefix())) {
            throw damaged(name.object(), "does not have the hash that its name says");
        }
        OpenedEnvelope opened = Envelopes.open(repository.keys(), place(name.number()), name.object(), bytes);
        SnapshotRecord record = SnapshotRecordCodec.decode(name.object().value(), opened.body());
        if (record.number() != name.number() || !record.lineage().equals(lineage)) {
            throw damaged(name.object(), "holds record " + record.number() + " of lineage " + record.lineage());
        }
        if (record.history().size() != Long.bitCount(record.number() - 1)) {
            throw damaged(
                    name.object(), "holds a history of " + record.history().size() + " peaks, which cannot be");
        }
        return new StoredRecord(id, record, RecordFront.decode(name.object().value(), opened.front()));
    }

    /**
     * Puts a record under its number.
     *
     * @throws CommitLostException if the number is another's
     * @throws io.holdfast.error.CommitOutcomeUnknownException if nobody can tell
     */
    StoredRecord create(SnapshotRecord record, RecordFront front) {
        byte[] bytes = repository
                .keys()
                .envelopes()
                .seal(place(record.number()), front.encode(), SnapshotRecordCodec.encode(record));
        RecordId id = new RecordId(record.number(), Sha256.of(bytes));
        ObjectName name =
                isConditional() ? ObjectNames.record(lineage, record.number()) : ObjectNames.forkRecord(lineage, id);
        if (creates.create(name, bytes) == CreateOnce.Outcome.TAKEN) {
            throw lost(record.number());
        }
        return new StoredRecord(id, record, front);
    }

    CommitLostException lost(long number) {
        return new CommitLostException(
                ErrorCode.COMMIT_LOST,
                "record " + number + " of lineage " + lineage + " was committed by another session meanwhile",
                "Run the session again: what it stored is kept and will be found");
    }

    private EnvelopeName place(long number) {
        return new EnvelopeName(EnvelopeKind.RECORD, lineage, number);
    }

    private static RepositoryException damaged(ObjectName object, String what) {
        return new RepositoryException(
                ErrorCode.REPOSITORY_DAMAGED,
                "object '" + object + "' " + what,
                "Run verify to learn what else is damaged");
    }
}
