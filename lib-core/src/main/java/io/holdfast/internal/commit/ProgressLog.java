// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.error.CommitLostException;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import io.holdfast.error.ObjectMissingException;
import io.holdfast.error.RepositoryException;
import io.holdfast.internal.format.ProgressRecord;
import io.holdfast.internal.format.ProgressRecordCodec;
import io.holdfast.internal.format.SnapshotRecord;
import io.holdfast.internal.seal.EnvelopeKind;
import io.holdfast.internal.seal.EnvelopeName;
import io.holdfast.store.ObjectName;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The progress records of one lineage: where a session that died can be taken up again (FORMAT.md, "Progress records").
 *
 * <p>A record is valid while its base is the newest record of the lineage; of the valid ones the highest epoch, then the highest number, wins. A fence
 * names the progress record that it found, and that one stays valid on top of the fence. Safe for use by several threads.
 */
public final class ProgressLog {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressLog.class);
    private static final int MAX_BYTES = ProgressRecordCodec.MAX_BYTES + (1 << 20);

    private final UnlockedRepository repository;
    private final String lineage;
    private final RetireLists retired;

    /**
     * Opens the log of a lineage; reads nothing yet.
     *
     * @param repository the repository
     * @param lineage the keyed name of the lineage
     * @param retired the retire lists, which decide what may no longer be continued from
     */
    public ProgressLog(UnlockedRepository repository, String lineage, RetireLists retired) {
        this.repository = repository;
        this.lineage = lineage;
        this.retired = retired;
    }

    /**
     * A progress record as it stands on the store.
     *
     * @param name its name, which the record that uses it up names
     * @param record what it says
     */
    public record Stored(String name, ProgressRecord record) {}

    private record Name(ObjectName object, long base, long epoch, long number) implements Comparable<Name> {
        @Override
        public int compareTo(Name other) {
            int byEpoch = Long.compare(epoch, other.epoch);
            return byEpoch != 0 ? byEpoch : Long.compare(number, other.number);
        }
    }

    /**
     * Finds what a session on a head can continue from.
     *
     * @param head the end of the lineage
     * @return the newest valid progress record, or empty if there is none
     */
    public Optional<Stored> newest(Head head) {
        List<Name> names = names(
                ObjectNames.progress(lineage) + ObjectNames.digits(head.base().number()) + "/");
        for (int i = names.size() - 1; i >= 0; i--) {
            Optional<Stored> stored = usable(names.get(i))
                    .filter(found -> isSameBase(found.record().base(), head.base()));
            if (stored.isPresent()) {
                return stored;
            }
        }
        return head.newest()
                .map(StoredRecord::record)
                .filter(record -> record.type() == SnapshotRecord.Type.FENCE)
                .flatMap(fence -> parse(fence.usedProgress()))
                .flatMap(this::usable);
    }

    private static boolean isSameBase(ProgressRecord.Base one, ProgressRecord.Base other) {
        return one.number() == other.number() && Arrays.equals(one.hash(), other.hash());
    }

    /**
     * A record that is damaged is passed over: no snapshot needs it. One from before a retire list that was closed since is not used either, since
     * nothing says whether that prune counted it.
     */
    private Optional<Stored> usable(Name name) {
        try {
            ProgressRecord record = read(name);
            return retired.view().isStaleProgress(record.seen())
                    ? Optional.empty()
                    : Optional.of(new Stored(name.object().value(), record));
        } catch (ObjectMissingException gone) {
            return Optional.empty();
        } catch (RepositoryException damaged) {
            LOG.warn("A progress record is passed over: {}", damaged.toString());
            return Optional.empty();
        }
    }

    private ProgressRecord read(Name name) {
        byte[] bytes = StoredBytes.read(repository.store(), name.object(), MAX_BYTES);
        byte[] body = Envelopes.open(repository.keys(), place(name.number()), name.object(), bytes)
                .body();
        ProgressRecord record = ProgressRecordCodec.decode(name.object().value(), body);
        if (!record.lineage().equals(lineage)
                || record.number() != name.number()
                || record.epoch() != name.epoch()
                || record.base().number() != name.base()) {
            throw new RepositoryException(
                    ErrorCode.REPOSITORY_DAMAGED,
                    "object '" + name.object() + "' holds the progress record " + record.number() + " of base "
                            + record.base().number() + " and epoch " + record.epoch(),
                    "Remove it; no snapshot needs it");
        }
        return record;
    }

    /**
     * The number that the next progress record of a writer has.
     *
     * @param head the head that the writer builds on
     * @param epoch its epoch
     * @return one above all that stand
     */
    public long nextNumber(Head head, long epoch) {
        String prefix = ObjectNames.progress(lineage)
                + ObjectNames.digits(head.base().number()) + "/" + ObjectNames.digits(epoch) + "/";
        return names(prefix).stream().mapToLong(Name::number).max().orElse(0) + 1;
    }

    /**
     * Writes a progress record; when this returns it is durable.
     *
     * @param record the record; all that it names must be durable
     * @return its name
     * @throws CommitLostException if another writer of the same epoch has taken its number
     */
    public String write(ProgressRecord record) {
        ObjectName name = new ObjectName(ObjectNames.progress(lineage)
                + ObjectNames.digits(record.base().number()) + "/" + ObjectNames.digits(record.epoch()) + "/"
                + ObjectNames.digits(record.number()));
        byte[] bytes = repository
                .keys()
                .envelopes()
                .seal(place(record.number()), new byte[0], ProgressRecordCodec.encode(record));
        if (Descriptors.creates(repository).create(name, bytes) == CreateOnce.Outcome.TAKEN) {
            throw new CommitLostException(
                    ErrorCode.COMMIT_LOST,
                    "progress record '" + name + "' was written by another session",
                    "Run the session again when no other works on this source");
        }
        return name.value();
    }

    private EnvelopeName place(long number) {
        return new EnvelopeName(EnvelopeKind.PROGRESS, lineage, number);
    }

    /**
     * Removes progress that a snapshot has made useless, as well as it goes; what stays behind is ignored and removed next time.
     *
     * @param committed the number of the snapshot
     */
    public void clean(long committed) {
        try {
            List<ObjectName> spent = names(ObjectNames.progress(lineage)).stream()
                    .filter(name -> name.base() < committed)
                    .map(Name::object)
                    .toList();
            repository
                    .store()
                    .deleteAll(spent)
                    .forEach(each -> each.error()
                            .ifPresent(error ->
                                    LOG.info("Spent progress {} stays behind: {}", each.name(), error.getMessage())));
        } catch (HoldfastException unfinished) {
            LOG.info("Spent progress records stay behind: {}", unfinished.toString());
        }
    }

    private List<Name> names(String prefix) {
        return StoredBytes.below(repository.store(), prefix).stream()
                .map(rest -> parse(prefix + rest))
                .flatMap(Optional::stream)
                .sorted()
                .toList();
    }

    private Optional<Name> parse(String name) {
        String folder = ObjectNames.progress(lineage);
        if (!name.startsWith(folder)) {
            return Optional.empty();
        }
        String[] parts = name.substring(folder.length()).split("/", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        OptionalLong base = ObjectNames.number(parts[0]);
        OptionalLong epoch = ObjectNames.number(parts[1]);
        OptionalLong number = ObjectNames.number(parts[2]);
        return base.isPresent() && epoch.isPresent() && number.orElse(0) > 0
                ? Optional.of(new Name(new ObjectName(name), base.getAsLong(), epoch.getAsLong(), number.getAsLong()))
                : Optional.empty();
    }
}
