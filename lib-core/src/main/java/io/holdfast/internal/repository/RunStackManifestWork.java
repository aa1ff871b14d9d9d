// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.internal.format.ManifestEntryCodec;
import io.holdfast.internal.format.ResourceState;
import io.holdfast.internal.format.RunRef;
import io.holdfast.internal.run.RunCursor;
import io.holdfast.internal.run.RunEntry;
import io.holdfast.internal.run.RunKind;
import io.holdfast.internal.seal.RepositoryKeys;
import io.holdfast.manifest.Manifest;
import io.holdfast.manifest.ManifestDigest;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.manifest.ManifestOrder;
import io.holdfast.model.FeedId;
import io.holdfast.model.ItemKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Pending changes over a stack of manifest runs; one lock guards all of it. */
final class RunStackManifestWork implements ManifestWork {
    private final RepositoryKeys keys;
    private final EntryCodes codes;
    private RunStack stack;
    private StackLookups lookups;
    private ManifestDigest digest;
    private Manifest.Counts counts;
    private PendingEntries pending = new PendingEntries();
    private @Nullable PendingEntries frozen;
    private boolean changed;

    RunStackManifestWork(RunShelf shelf, RepositoryKeys keys, ResourceState state) {
        this.keys = keys;
        this.codes = new EntryCodes(keys);
        this.stack = new RunStack(shelf, state.manifest());
        this.lookups = new StackLookups(stack);
        this.digest = state.digest();
        this.counts = state.counts();
    }

    @Override
    public synchronized Optional<ManifestEntry> find(ItemKey key) {
        for (boolean container : new boolean[] {false, true}) {
            byte[] place = EntryCodes.key(new ManifestOrder.Position(container, key));
            byte[] value = value(place, false);
            if (value != null) {
                return Optional.of(EntryCodes.decode(place, value));
            }
        }
        return Optional.empty();
    }

    @Override
    public synchronized @Nullable Recognition recognise(ManifestOrder.Position position) {
        byte[] value = value(EntryCodes.key(position), true);
        return value == null ? null : EntryCodes.recognise(value);
    }

    /** The value of a live entry, or null; those that a listing asks for may come in order. */
    private byte @Nullable [] value(byte[] key, boolean listed) {
        byte[] newest = pending.get(key);
        if (newest == null && frozen != null) {
            newest = frozen.get(key);
        }
        if (newest != null) {
            return newest.length == 0 ? null : newest;
        }
        return listed ? lookups.value(key) : stack.value(key);
    }

    @Override
    public void put(ManifestEntry entry) {
        byte[] key = EntryCodes.key(ManifestOrder.position(entry));
        // Encoded and hashed here, by the worker that has the entry in hand, and outside of the lock.
        PendingEntries.Pending change =
                new PendingEntries.Pending(ManifestEntryCodec.encode(entry), ManifestSums.Addend.of(codes, entry));
        synchronized (this) {
            pending.put(key, change);
        }
    }

    @Override
    public synchronized void remove(ManifestOrder.Position position) {
        pending.put(EntryCodes.key(position), PendingEntries.TOMBSTONE);
    }

    @Override
    public Manifest.EntryCursor entries() {
        return new EntryCursors(cursor());
    }

    @Override
    public Manifest.EntryCursor entries(BiPredicate<FeedId, ItemKey> wanted) {
        return new EntryCursors(cursor(), wanted);
    }

    private synchronized RunCursor cursor() {
        // One walk at a time holds a part of the stack in memory.
        lookups.stop();
        List<RunCursor> above = new ArrayList<>();
        above.add(pending.copy().cursor());
        if (frozen != null) {
            above.add(frozen.cursor());
        }
        return stack.live(null, above);
    }

    @Override
    public synchronized long pendingBytes() {
        return pending.heapBytes();
    }

    @Override
    public Optional<RunDraft> freeze(long number) {
        PendingEntries batch;
        RunStack base;
        synchronized (this) {
            if (frozen != null) {
                throw new IllegalStateException("a draft of this manifest is neither placed nor dropped yet");
            }
            if (pending.isEmpty()) {
                return Optional.empty();
            }
            batch = pending;
            base = stack;
            frozen = batch;
            pending = new PendingEntries();
        }
        Draft draft = new Draft(batch, number);
        boolean written = false;
        try {
            written = draft.write(base);
        } finally {
            if (!written) {
                draft.drop();
            }
        }
        if (draft.isEmpty()) {
            synchronized (this) {
                frozen = null;
            }
            return Optional.empty();
        }
        return Optional.of(draft);
    }

    @Override
    public synchronized void compact() {
        if (!pending.isEmpty() || frozen != null) {
            throw new IllegalStateException("changes are pending; freeze and place them before compacting");
        }
        if (changed) {
            over(new Compaction(stack, keys, RunKind.MANIFEST).compact());
        }
    }

    private void over(RunStack next) {
        stack = next;
        lookups = new StackLookups(next);
    }

    @Override
    public synchronized List<RunRef> runs() {
        return stack.runs();
    }

    @Override
    public synchronized ManifestDigest digest() {
        return digest;
    }

    @Override
    public synchronized Manifest.Counts counts() {
        return counts;
    }

    /** A frozen batch, written as a run without what changes nothing. */
    private final class Draft implements RunDraft {
        private final PendingEntries batch;
        private final long number;
        private final ManifestSums sums = new ManifestSums(codes);
        private RunInMemory.@Nullable Written run;

        Draft(PendingEntries batch, long number) {
            this.batch = batch;
            this.number = number;
        }

        boolean write(RunStack base) {
            try (RunInMemory out = new RunInMemory(RunKind.MANIFEST, keys)) {
                for (Map.Entry<byte[], PendingEntries.Pending> change :
                        batch.byKey().entrySet()) {
                    byte[] key = change.getKey();
                    byte[] value = change.getValue().value();
                    byte[] old = base.value(key);
                    boolean removal = value.length == 0;
                    if (removal ? old == null : old != null && Arrays.equals(old, value)) {
                        continue;
                    }
                    if (old != null) {
                        sums.minus(key, old);
                    }
                    if (!removal) {
                        sums.plus(key, change.getValue());
                    }
                    out.add(removal ? RunEntry.removal(key, number) : RunEntry.of(key, number, value));
                }
                run = out.isEmpty() ? null : out.finish();
            }
            return true;
        }

        boolean isEmpty() {
            return run == null;
        }

        private RunInMemory.Written run() {
            RunInMemory.Written there = run;
            if (there == null) {
                throw new IllegalStateException("the draft is empty");
            }
            return there;
        }

        @Override
        public String kind() {
            return RunKind.MANIFEST.label();
        }

        @Override
        public byte[] bytes() {
            return run().bytes();
        }

        @Override
        public RunRef at(String object, long offset) {
            return run().at(object, offset);
        }

        @Override
        public void placed(RunRef ref) {
            synchronized (RunStackManifestWork.this) {
                stack.shelf().adopt(ref, run().bytes());
                over(stack.with(ref));
                digest = sums.digest(digest);
                counts = sums.counts(counts);
                changed = true;
                frozen = null;
            }
        }

        @Override
        public void drop() {
            synchronized (RunStackManifestWork.this) {
                if (frozen == batch) {
                    pending.putOlder(batch);
                    frozen = null;
                }
            }
        }
    }
}
