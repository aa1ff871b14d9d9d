// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.error.CommitLostException;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import io.holdfast.error.ObjectMissingException;
import io.holdfast.error.RepositoryException;
import io.holdfast.error.StoreException;
import io.holdfast.internal.format.History;
import io.holdfast.internal.format.RecordFront;
import io.holdfast.internal.format.RecordId;
import io.holdfast.internal.format.SnapshotRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The commit records of one lineage: finds the newest, reads any, and takes the next (FORMAT.md, "Commit").
 *
 * <p>Creating the record of the next number is the one commit point of a session. Records that prune's rules make void are never read
 * and never built on. Safe for use by several threads.
 */
public final class SnapshotLog {
    private final UnlockedRepository repository;
    private final String lineage;
    private final RetireLists retired;
    private final Witness witness;
    private final RecordShelf shelf;
    private volatile @Nullable StoredRecord newestSeen;

    /**
     * Opens the log of a lineage; reads nothing yet.
     *
     * @param repository the repository
     * @param lineage the keyed name of the lineage, {@link io.holdfast.internal.seal.RepositoryKeys#lineageName}
     * @param retired the retire lists, which decide what is void
     * @param witness what this machine remembers
     */
    public SnapshotLog(UnlockedRepository repository, String lineage, RetireLists retired, Witness witness) {
        this.repository = repository;
        this.lineage = lineage;
        this.retired = retired;
        this.witness = witness;
        this.shelf = new RecordShelf(repository, lineage);
    }

    /**
     * The keyed name of the lineage.
     *
     * @return 32 hexadecimal characters
     */
    public String lineage() {
        return lineage;
    }

    /** Proves the store again if this machine has not done so for long; for who is about to write. */
    void proveStoreIfDue() {
        new ProofSchedule(repository, witness).proveIfDue();
    }

    /**
     * Finds the newest record, and holds it against what this machine remembers.
     *
     * @return the end of the lineage
     * @throws RepositoryException with {@code REPOSITORY_ROLLED_BACK} if it is older than what was witnessed, {@code REPOSITORY_DAMAGED} if the
     *     newest record does not open
     */
    public Head head() {
        return head(Optional.empty());
    }

    /**
     * Finds the newest record, and holds it against what this machine remembers and another witness.
     *
     * @param witnessed a record that another witness names, such as a lease
     * @return the end of the lineage
     * @throws RepositoryException as {@link #head()} does
     */
    public Head head(Optional<RecordId> witnessed) {
        List<RecordId> told = witness.acceptsRollback()
                ? List.of()
                : Stream.of(witness.newest(lineage), witnessed)
                        .flatMap(Optional::stream)
                        .toList();
        long counted = retired.view().counted(lineage);
        StoredRecord last = newestSeen;
        long hint = told.stream()
                .mapToLong(RecordId::number)
                .max()
                .orElse(last == null ? 0 : last.id().number());
        Head head = findHead(Math.max(hint, counted));
        RollbackCheck check = new RollbackCheck(repository, this, witness);
        check.requireDescriptor(head);
        check.requireCounted(head, counted);
        told.forEach(record -> check.requireRecord(head, record));
        head.newest().filter(this::isSettled).ifPresent(stored -> witness.note(lineage, stored.id()));
        head.newest().ifPresent(stored -> newestSeen = stored);
        return head;
    }

    /** A record that a prune may still make void is no measure of rollbacks. */
    private boolean isSettled(StoredRecord stored) {
        return !retired.view().isClosingAbove(stored.record().seen());
    }

    /**
     * Looks upwards from a number that was taken once; if nothing stands there, from what a listing shows. Numbers up to the counted one of a closed
     * list may be gone again, so that a gap among them says nothing; above it no number was ever freed.
     */
    private Head findHead(long hint) {
        if (hint > 0) {
            long top = probeFrom(hint);
            List<StoredRecord> candidates = readAll(top);
            if (!candidates.isEmpty()) {
                return headAt(top, candidates);
            }
        }
        List<RecordName> names = shelf.names();
        long listed = names.isEmpty() ? 0 : names.get(names.size() - 1).number();
        long top = Math.max(probeFrom(listed), retired.view().counted(lineage));
        return headAt(top, top == 0 ? List.of() : readAll(top));
    }

    private long probeFrom(long taken) {
        long top = taken;
        while (shelf.isTaken(top + 1)) {
            top++;
        }
        return top;
    }

    /** The newest record that holds: the one at the top, or below it if those at the top are void. */
    private Head headAt(long top, List<StoredRecord> atTop) {
        List<StoredRecord> candidates = atTop;
        long epoch = 0;
        for (long number = top; ; candidates = readAll(number)) {
            epoch = Math.max(epoch, highestEpoch(candidates));
            List<StoredRecord> valid = candidates.stream()
                    .filter(stored -> !isVoid(stored))
                    .sorted(ForkRule.ORDER)
                    .toList();
            if (!valid.isEmpty()) {
                List<RecordId> rivals =
                        valid.stream().skip(1).map(StoredRecord::id).toList();
                return new Head(Optional.of(valid.get(0)), rivals, top, epoch);
            }
            if (--number < 1) {
                return new Head(Optional.empty(), List.of(), top, epoch);
            }
        }
    }

    private static long highestEpoch(List<StoredRecord> records) {
        return records.stream()
                .mapToLong(stored -> stored.record().epoch())
                .max()
                .orElse(0);
    }

    private List<StoredRecord> readAll(long number) {
        if (retired.view().isDeleted(lineage, number)) {
            return List.of();
        }
        StoredRecord known = newestSeen;
        if (shelf.isConditional() && known != null && known.id().number() == number) {
            return List.of(known);
        }
        return shelf.readAt(number);
    }

    private List<StoredRecord> readValid(long number) {
        return readAll(number).stream().filter(stored -> !isVoid(stored)).toList();
    }

    /**
     * Whether prune's rules make a record void.
     *
     * @param stored the record
     * @return true if nobody may restore from it or build on it
     */
    public boolean isVoid(StoredRecord stored) {
        return retired.view()
                .isVoid(lineage, stored.id().number(), stored.record().seen());
    }

    /**
     * Reads the record that holds at a number.
     *
     * @param number its number
     * @return the record
     * @throws RepositoryException with {@code SNAPSHOT_MISSING} if no record holds there
     */
    public StoredRecord read(long number) {
        return find(number).orElseThrow(() -> missing("record " + number));
    }

    /**
     * Reads a record by number and hash: also one that lost a fork.
     *
     * @param id its number and hash
     * @return the record
     * @throws RepositoryException with {@code SNAPSHOT_MISSING} if there is none, or a void one
     */
    public StoredRecord read(RecordId id) {
        return readValid(id.number()).stream()
                .filter(stored -> stored.id().equals(id))
                .findFirst()
                .orElseThrow(() -> missing("record " + id));
    }

    private RepositoryException missing(String record) {
        return new RepositoryException(
                ErrorCode.SNAPSHOT_MISSING,
                record + " of lineage " + lineage + " is not in the repository",
                "List the snapshots and name one of them");
    }

    private Optional<StoredRecord> find(long number) {
        List<StoredRecord> candidates = readValid(number);
        if (candidates.size() < 2) {
            return candidates.stream().findFirst();
        }
        Optional<StoredRecord> successor = shelf.isTaken(number + 1) ? find(number + 1) : Optional.empty();
        return Optional.of(ForkRule.choose(candidates, successor));
    }

    /**
     * Gives all snapshots that hold, newest first: no fences, no void records, no losers of a fork.
     *
     * @param consumer takes each
     */
    public void forEachSnapshot(Consumer<StoredRecord> consumer) {
        forEachRecord(stored -> {
            if (stored.record().type() == SnapshotRecord.Type.SNAPSHOT) {
                consumer.accept(stored);
            }
        });
    }

    /**
     * Gives all snapshots that hold and open, newest first, for those who read: what is damaged hides nothing else.
     *
     * @param consumer takes each
     * @param damaged takes what was wrong with each record that does not open
     */
    public void forEachReadable(Consumer<StoredRecord> consumer, Consumer<HoldfastException> damaged) {
        Function<RecordName, Stream<StoredRecord>> reading = name -> {
            try {
                return Stream.of(shelf.read(name));
            } catch (RepositoryException | ObjectMissingException trouble) {
                damaged.accept(trouble);
                return Stream.of();
            }
        };
        forEachRecord(reading, stored -> {
            if (stored.record().type() == SnapshotRecord.Type.SNAPSHOT) {
                consumer.accept(stored);
            }
        });
    }

    /**
     * Gives all records that hold, newest first, fences included.
     *
     * @param consumer takes each
     */
    public void forEachRecord(Consumer<StoredRecord> consumer) {
        forEachRecord(name -> Stream.of(shelf.read(name)), consumer);
    }

    private void forEachRecord(Function<RecordName, Stream<StoredRecord>> reading, Consumer<StoredRecord> consumer) {
        List<RecordName> names = shelf.names();
        Optional<StoredRecord> successor = Optional.empty();
        for (int end = names.size(); end > 0; ) {
            int start = end - 1;
            while (start > 0
                    && names.get(start - 1).number() == names.get(start).number()) {
                start--;
            }
            List<StoredRecord> candidates = validAmong(names.subList(start, end), reading);
            if (!candidates.isEmpty()) {
                StoredRecord chosen = ForkRule.choose(candidates, successor);
                consumer.accept(chosen);
                successor = Optional.of(chosen);
            }
            end = start;
        }
    }

    private List<StoredRecord> validAmong(List<RecordName> names, Function<RecordName, Stream<StoredRecord>> reading) {
        return names.stream()
                .filter(name -> !retired.view().isDeleted(lineage, name.number()))
                .flatMap(reading)
                .filter(stored -> !isVoid(stored))
                .toList();
    }

    /**
     * Gives every object that bears the name of a record, for verify: opened or the error that it gave.
     *
     * @return the names, ascending
     */
    public List<String> objects() {
        return shelf.names().stream().map(name -> name.object().value()).toList();
    }

    /**
     * Commits: creates the record of the next number. When this returns, the record is durable, and no prune that the session did not see can make
     * it void.
     *
     * @param head what the session builds on, from {@link #head()}
     * @param draft what it commits
     * @return the record
     * @throws CommitLostException if another session took the number, or a prune that began meanwhile does not count the record
     * @throws StoreException with {@code STORE_UNSUPPORTED} if a proof of the store was due and did not come out
     * @throws io.holdfast.error.CommitOutcomeUnknownException if it is not known whether the record was created
     */
    public StoredRecord commit(Head head, SnapshotDraft draft) {
        // Who claimed the lineage has done so already; who only adds a record has no claim.
        proveStoreIfDue();
        SnapshotRecord record = draft.at(head, lineage, repository.descriptorId());
        if (!shelf.isConditional() && shelf.isTaken(record.number())) {
            throw shelf.lost(record.number());
        }
        StoredRecord stored = shelf.create(
                record, new RecordFront(record.parents(), draft.content().added()));
        requireCounted(stored);
        requireChosen(stored);
        newestSeen = stored;
        witness.note(lineage, stored.id());
        return stored;
    }

    /** A prune that read the records before this one came may delete what it needs. */
    private void requireCounted(StoredRecord stored) {
        boolean closing = retired.closingAbove(stored.record().seen());
        if (closing || isVoid(stored)) {
            throw new CommitLostException(
                    ErrorCode.COMMIT_LOST,
                    "record " + stored.id().number() + " of lineage " + lineage
                            + " was written while a prune that it had not"
                            + " seen was deleting; it had seen retire list "
                            + stored.record().seen() + " of " + retired.newest(),
                    "Run the session again: what it stored is kept and will be found");
        }
    }

    /** Without conditional creates two sessions may both have written: then the loser is told. */
    private void requireChosen(StoredRecord stored) {
        if (shelf.isConditional()) {
            return;
        }
        boolean chosen = find(stored.id().number())
                .filter(winner -> winner.id().equals(stored.id()))
                .isPresent();
        if (!chosen) {
            throw new CommitLostException(
                    ErrorCode.COMMIT_LOST,
                    "record " + stored.id() + " of lineage " + lineage + " lost against another of the same number",
                    "Run the session again; the record stays and can be restored from by number and hash");
        }
    }

    /**
     * Whether a record that a report or an operator names is part of this lineage's past. Reads that record, and where it has expired, the
     * histories of all records that have not.
     *
     * @param expected its number and hash
     * @return what the newest record and all that survive say
     */
    public History.Answer expect(RecordId expected) {
        Head head = findHead(0);
        long newest = head.newest().map(stored -> stored.id().number()).orElse(0L);
        if (newest < expected.number()) {
            return History.Answer.CONTRADICTED;
        }
        List<StoredRecord> there = readAll(expected.number());
        if (!there.isEmpty()) {
            boolean same = there.stream().anyMatch(stored -> stored.id().equals(expected));
            return same ? History.Answer.CONFIRMED : History.Answer.CONTRADICTED;
        }
        return head.newest().map(stored -> provenBy(stored, expected)).orElse(History.Answer.CONTRADICTED);
    }

    private History.Answer provenBy(StoredRecord newest, RecordId expected) {
        Map<Long, RecordId> deleted = retired.view().deleted(lineage);
        Map<Long, byte[]> hashes = new HashMap<>();
        deleted.forEach((number, record) -> hashes.put(number, record.hash()));
        History.Known known = new History.Known(number -> Optional.ofNullable(hashes.get(number)));
        forEachRecord(stored -> {
            hashes.put(stored.id().number(), stored.id().hash());
            known.add(History.of(stored.id().number() - 1, stored.record().history()));
        });
        return History.of(newest.id().number() - 1, newest.record().history()).answer(expected, known);
    }

    /**
     * Whether a closed retire list says that a record was deleted.
     *
     * @param number the record's number
     * @return true if its absence is no damage
     */
    public boolean isGone(long number) {
        return retired.view().isDeleted(lineage, number);
    }

    /** Whether another record than the named one stands at its number; an expired one contradicts nothing. */
    boolean isContradicted(RecordId witnessed) {
        List<StoredRecord> there = readAll(witnessed.number());
        return !there.isEmpty()
                && there.stream().noneMatch(stored -> stored.id().equals(witnessed));
    }
}
