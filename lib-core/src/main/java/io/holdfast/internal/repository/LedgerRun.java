// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.internal.format.LedgerEntry;
import io.holdfast.internal.format.LedgerEntryCodec;
import io.holdfast.internal.format.ResourceState;
import io.holdfast.internal.format.RunRef;
import io.holdfast.internal.run.RunCursor;
import io.holdfast.internal.run.RunEntry;
import io.holdfast.internal.run.RunKind;
import io.holdfast.internal.seal.RepositoryKeys;
import io.holdfast.model.ItemKey;
import io.holdfast.repository.OpenFailure.Condition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A ledger in memory, read from its run and written whole when it changed. */
final class LedgerRun implements LedgerWork {
    private final RepositoryKeys keys;
    private final TreeMap<ItemKey, LedgerEntry> entries = new TreeMap<>();
    private final RunShelf shelf;
    private List<RunRef> runs;
    private boolean changed;

    LedgerRun(RunShelf shelf, ResourceState state) {
        this.shelf = shelf;
        this.keys = shelf.keys();
        this.runs = state.ledger();
        RunCursor cursor = new RunStack(shelf, runs).live(null, List.of());
        while (cursor.advance()) {
            RunEntry entry = cursor.copy();
            ItemKey key = new ItemKey(new String(entry.key(), StandardCharsets.UTF_8));
            entries.put(key, EntryCodes.checked(() -> LedgerEntryCodec.decode(state.id(), key, entry.value())));
        }
    }

    @Override
    public synchronized Optional<LedgerEntry> find(ItemKey key) {
        return Optional.ofNullable(entries.get(key));
    }

    @Override
    public synchronized void put(LedgerEntry entry) {
        changed |= !entry.equals(entries.put(entry.ref().key(), entry));
    }

    @Override
    public synchronized void close(ItemKey key) {
        changed |= entries.remove(key) != null;
    }

    @Override
    public synchronized List<LedgerEntry> due(Instant now) {
        return entries.values().stream().filter(e -> !e.due().isAfter(now)).toList();
    }

    @Override
    public synchronized List<LedgerEntry> open() {
        return List.copyOf(entries.values());
    }

    @Override
    public synchronized ResourceState.OpenCounts counts() {
        return new ResourceState.OpenCounts(
                count(Condition.FAILED), count(Condition.DEGRADED), count(Condition.STALE), count(Condition.SKIPPED));
    }

    private long count(Condition condition) {
        return entries.values().stream().filter(e -> e.condition() == condition).count();
    }

    @Override
    public synchronized Optional<RunDraft> freeze(long number) {
        if (!changed) {
            return Optional.empty();
        }
        changed = false;
        if (entries.isEmpty()) {
            runs = List.of();
            return Optional.empty();
        }
        TreeMap<byte[], byte[]> sorted = new TreeMap<>(java.util.Arrays::compareUnsigned);
        entries.forEach((key, entry) ->
                sorted.put(key.value().getBytes(StandardCharsets.UTF_8), LedgerEntryCodec.encode(entry)));
        try (RunInMemory out = new RunInMemory(RunKind.LEDGER, keys)) {
            for (Map.Entry<byte[], byte[]> each : sorted.entrySet()) {
                out.add(RunEntry.of(each.getKey(), number, each.getValue()));
            }
            return Optional.of(new WholeDraft(out.finish(), this::placed, this::dropped));
        }
    }

    private synchronized void placed(RunRef ref, byte[] bytes) {
        shelf.adopt(ref, bytes);
        runs = List.of(ref);
    }

    private synchronized void dropped() {
        changed = true;
    }

    @Override
    public synchronized List<RunRef> runs() {
        return runs;
    }
}
