// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.internal.format.ResourceState;
import io.holdfast.internal.format.ResourceStateCodec;
import io.holdfast.internal.format.RunRef;
import io.holdfast.internal.format.SnapshotRecord;
import io.holdfast.internal.run.EntryView;
import io.holdfast.internal.run.RunCursor;
import io.holdfast.internal.run.RunEntry;
import io.holdfast.internal.run.RunKind;
import io.holdfast.internal.run.RunMerger;
import io.holdfast.internal.run.RunReader;
import io.holdfast.internal.seal.KeyedHash;
import io.holdfast.internal.seal.RepositoryKeys;
import io.holdfast.manifest.ManifestDigest;
import io.holdfast.model.ResourceId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The tenant's table: changes over a short run that stands in the record over runs on the shelf; one lock guards all of it. */
final class TableRuns implements TableWork {
    private static final int MOST_RUNS = 4;

    private final RunShelf shelf;
    private final RepositoryKeys keys;
    private RunStack stack;
    private byte[] inline;
    private @Nullable RunReader inlineReader;
    private final PendingEntries changes = new PendingEntries();

    TableRuns(RunShelf shelf, RepositoryKeys keys, List<RunRef> runs, byte[] inline) {
        this.shelf = shelf;
        this.keys = keys;
        this.stack = new RunStack(shelf, runs);
        this.inline = inline.clone();
        this.inlineReader = inline.length == 0 ? null : shelf.inline(RunKind.TENANT_TABLE, inline);
    }

    @Override
    public synchronized Optional<ResourceState> find(ResourceId id) {
        byte[] key = key(id);
        byte[] changed = changes.get(key);
        if (changed != null) {
            return changed.length == 0 ? Optional.empty() : Optional.of(decode(changed));
        }
        RunEntry stored = inlineReader == null ? null : inlineReader.get(key).orElse(null);
        if (stored == null) {
            stored = stack.newest(key);
        }
        return stored == null || stored.tombstone() ? Optional.empty() : Optional.of(decode(stored.value()));
    }

    private static byte[] key(ResourceId id) {
        return id.value().getBytes(StandardCharsets.UTF_8);
    }

    private static ResourceState decode(byte[] value) {
        return ResourceStateCodec.decode("the tenant's table", value);
    }

    @Override
    public synchronized void put(ResourceState state) {
        changes.put(key(state.id()), ResourceStateCodec.encode(state));
    }

    @Override
    public synchronized void remove(ResourceId id) {
        changes.put(key(id), PendingEntries.TOMBSTONE);
    }

    @Override
    public synchronized void forEach(Consumer<ResourceState> consumer) {
        RunCursor cursor = live();
        while (cursor.advance()) {
            consumer.accept(decode(cursor.copy().value()));
        }
    }

    private RunCursor live() {
        List<RunCursor> above = new ArrayList<>();
        above.add(changes.copy().cursor());
        if (inlineReader != null) {
            above.add(inlineReader.scan());
        }
        return stack.live(null, above);
    }

    @Override
    public synchronized Written write(long number) {
        if (!changes.isEmpty()) {
            boolean alone = stack.runs().isEmpty();
            List<RunCursor> newest = new ArrayList<>();
            newest.add(changes.cursor());
            if (inlineReader != null) {
                newest.add(inlineReader.scan());
            }
            take(run(RunMerger.shadowing(newest, alone), number));
            changes.clear();
        }
        return new Written(stack.runs(), inline);
    }

    private void take(RunInMemory.@Nullable Written run) {
        inline = run == null ? new byte[0] : run.bytes();
        if (run == null || inline.length <= SnapshotRecord.State.INLINE_LIMIT) {
            inlineReader = run == null ? null : shelf.inline(RunKind.TENANT_TABLE, inline);
            return;
        }
        stack = stack.with(shelf.put(RunKind.TENANT_TABLE, run.bytes(), run.summary()));
        inline = new byte[0];
        inlineReader = null;
        if (stack.runs().size() > MOST_RUNS) {
            stack = new Compaction(stack, keys, RunKind.TENANT_TABLE).mergeAll();
        }
    }

    private RunInMemory.@Nullable Written run(RunCursor entries, long number) {
        try (RunInMemory out = new RunInMemory(RunKind.TENANT_TABLE, keys)) {
            while (entries.advance()) {
                RunEntry entry = entries.copy();
                long from = entry.number() == 0 ? number : entry.number();
                out.add(new RunEntry(entry.key(), from, entry.tombstone(), entry.value()));
            }
            return out.isEmpty() ? null : out.finish();
        }
    }

    @Override
    public synchronized ManifestDigest digest() {
        ManifestDigest sum = ManifestDigest.empty();
        KeyedHash hash = keys.digests();
        RunCursor cursor = live();
        while (cursor.advance()) {
            sum = sum.plus(hash.of(digestInput(cursor)));
        }
        return sum;
    }

    /** The resource's id, a zero, and the digest of its items. */
    private static byte[] digestInput(EntryView entry) {
        byte[] id = Arrays.copyOfRange(entry.keyBytes(), entry.keyOffset(), entry.keyOffset() + entry.keyLength());
        byte[] digest = decode(entry.copy().value()).digest().bytes();
        byte[] input = Arrays.copyOf(id, id.length + 1 + digest.length);
        System.arraycopy(digest, 0, input, id.length + 1, digest.length);
        return input;
    }
}
