// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.internal.format.ManifestEntryCodec;
import io.holdfast.internal.format.ResourceState;
import io.holdfast.internal.format.RunRef;
import io.holdfast.internal.run.RunCursor;
import io.holdfast.internal.run.RunMerger;
import io.holdfast.manifest.EntryChange;
import io.holdfast.manifest.Manifest;
import io.holdfast.manifest.ManifestDigest;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.manifest.ManifestOrder;
import io.holdfast.model.ItemKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The manifest of a resource as a snapshot has it: a stack of runs, and over it the changes that were applied since, which stay in memory.
 *
 * <p>A session writes its changes by {@link ManifestWork}; this one is for reading, comparing and trying out.
 */
final class RunStackManifest implements Manifest {
    private final RunStack stack;
    private final PendingEntries applied;
    private final EntryCodes codes;
    private final ManifestDigest digest;
    private final Counts counts;

    private RunStackManifest(
            RunStack stack, PendingEntries applied, EntryCodes codes, ManifestDigest digest, Counts counts) {
        this.stack = stack;
        this.applied = applied;
        this.codes = codes;
        this.digest = digest;
        this.counts = counts;
    }

    static RunStackManifest of(RunShelf shelf, EntryCodes codes, ResourceState state) {
        return new RunStackManifest(
                new RunStack(shelf, state.manifest()), new PendingEntries(), codes, state.digest(), state.counts());
    }

    static RunStackManifest empty(RunShelf shelf, EntryCodes codes) {
        return new RunStackManifest(
                new RunStack(shelf, List.of()),
                new PendingEntries(),
                codes,
                ManifestDigest.empty(),
                new Counts(0, 0, 0));
    }

    @Override
    public Optional<ManifestEntry> get(ItemKey key) {
        return live(new ManifestOrder.Position(false, key)).or(() -> live(new ManifestOrder.Position(true, key)));
    }

    private Optional<ManifestEntry> live(ManifestOrder.Position position) {
        byte[] key = EntryCodes.key(position);
        byte[] value = value(key);
        return value == null ? Optional.empty() : Optional.of(EntryCodes.decode(key, value));
    }

    /** The value of a live entry, or null. */
    private byte @Nullable [] value(byte[] key) {
        byte[] newest = applied.get(key);
        if (newest != null) {
            return newest.length == 0 ? null : newest;
        }
        return stack.value(key);
    }

    @Override
    public EntryCursor range(Optional<ManifestOrder.Position> after) {
        if (after.isEmpty()) {
            return new EntryCursors(stack.live(null, List.of(applied.cursor())));
        }
        byte[] key = EntryCodes.key(after.get());
        byte[] next = Arrays.copyOf(key, key.length + 1);
        return new EntryCursors(stack.live(next, List.of(applied.cursorFrom(next))));
    }

    /**
     * Reads, if both are of this repository, only blocks with an entry that is newer than all of the older manifest, and takes what they hold for
     * the difference if it explains how the digest changed. It does not where a merge has dropped a tombstone between the two, or where they are not
     * states of one history: then all keys are looked at that stand in a run which the two do not share.
     */
    @Override
    public DifferenceCursor diff(Manifest older) {
        if (!(older instanceof RunStackManifest that) || that.stack.shelf() != stack.shelf()) {
            return Manifest.super.diff(older);
        }
        if (that.applied.isEmpty() && isExplained(that)) {
            return new ChangedKeys(that, newerThan(that));
        }
        int common = 0;
        List<RunRef> mine = stack.runs();
        List<RunRef> theirs = that.stack.runs();
        while (common < Math.min(mine.size(), theirs.size())
                && mine.get(mine.size() - 1 - common).equals(theirs.get(theirs.size() - 1 - common))) {
            common++;
        }
        List<RunCursor> changed = new ArrayList<>(cursorsAbove(common));
        changed.addAll(that.cursorsAbove(common));
        return new ChangedKeys(that, RunMerger.shadowing(changed, false));
    }

    /** The keys whose entries are newer than all of another manifest. */
    private RunCursor newerThan(RunStackManifest older) {
        long number = older.stack.runs().stream()
                .mapToLong(RunRef::highestNumber)
                .max()
                .orElse(0);
        List<RunCursor> cursors = new ArrayList<>();
        cursors.add(applied.cursor());
        for (RunRef ref : stack.runs()) {
            if (ref.highestNumber() > number) {
                cursors.add(stack.shelf().open(ref).scanAbove(number));
            }
        }
        return RunMerger.shadowing(cursors, false);
    }

    /** Whether the newer entries make the digest of the other manifest the one of this. */
    private boolean isExplained(RunStackManifest older) {
        ManifestSums sums = new ManifestSums(codes);
        RunCursor keys = newerThan(older);
        while (keys.advance()) {
            byte[] key = keyOf(keys);
            byte[] before = older.value(key);
            byte[] after = value(key);
            if (before != null) {
                sums.minus(key, before);
            }
            if (after != null) {
                sums.plus(EntryCodes.decode(key, after));
            }
        }
        return sums.digest(older.digest).equals(digest);
    }

    private static byte[] keyOf(RunCursor entry) {
        return Arrays.copyOfRange(entry.keyBytes(), entry.keyOffset(), entry.keyOffset() + entry.keyLength());
    }

    /** Cursors over what lies above the lowest runs. */
    private List<RunCursor> cursorsAbove(int lowest) {
        List<RunRef> runs = stack.runs();
        List<RunCursor> cursors = new ArrayList<>();
        cursors.add(applied.cursor());
        cursors.addAll(new RunStack(stack.shelf(), runs.subList(0, runs.size() - lowest)).cursors(null));
        return cursors;
    }

    @Override
    public Manifest apply(List<EntryChange> changes) {
        ManifestOrder.requireAscending(changes);
        PendingEntries more = applied.copy();
        ManifestSums sums = new ManifestSums(codes);
        for (EntryChange change : changes) {
            byte[] key = EntryCodes.key(change.position());
            byte[] before = value(key);
            if (before != null) {
                sums.minus(key, before);
            }
            if (change instanceof EntryChange.Put put) {
                sums.plus(put.entry());
                more.put(key, ManifestEntryCodec.encode(put.entry()));
            } else {
                more.put(key, PendingEntries.TOMBSTONE);
            }
        }
        return new RunStackManifest(stack, more, codes, sums.digest(digest), sums.counts(counts));
    }

    @Override
    public Counts counts() {
        return counts;
    }

    @Override
    public ManifestDigest digest() {
        return digest;
    }

    /** Asks both manifests for each key that may differ; for one thread. */
    private final class ChangedKeys implements DifferenceCursor {
        private final RunStackManifest older;
        private final RunCursor keys;

        ChangedKeys(RunStackManifest older, RunCursor keys) {
            this.older = older;
            this.keys = keys;
        }

        @Override
        public @Nullable Difference next() {
            while (keys.advance()) {
                byte[] key = keyOf(keys);
                byte[] before = older.value(key);
                byte[] after = value(key);
                Optional<ManifestEntry> left = decoded(key, before);
                Optional<ManifestEntry> right = decoded(key, after);
                boolean same = Arrays.equals(before, after)
                        || left.isPresent() && right.isPresent() && left.get().isSameItem(right.get());
                if (!same) {
                    return new Difference(left, right);
                }
            }
            return null;
        }

        private Optional<ManifestEntry> decoded(byte[] key, byte @Nullable [] value) {
            return value == null ? Optional.empty() : Optional.of(EntryCodes.decode(key, value));
        }

        @Override
        public void close() {
            // cursors hold no resources
        }
    }
}
