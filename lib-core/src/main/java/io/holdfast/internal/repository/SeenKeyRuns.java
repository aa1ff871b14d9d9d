// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.internal.format.RunRef;
import io.holdfast.internal.run.RunEntry;
import io.holdfast.internal.run.RunKind;
import io.holdfast.internal.run.RunReader;
import io.holdfast.internal.seal.RepositoryKeys;
import io.holdfast.model.ItemKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Hashes of named keys: in a set while they are few, in runs beyond, so that memory stays bounded.
 *
 * <p>A hash is SipHash-2-4 under a key that derives from the repository key: nobody who names items can make two of them collide.
 */
final class SeenKeyRuns implements SeenKeys {
    private static final int MOST_IN_MEMORY = 2_000_000;

    private final RunShelf shelf;
    private final RepositoryKeys keys;
    private final SipHash hash;
    private final int mostInMemory;
    private List<RunRef> runs;
    private LongSet fresh = new LongSet();
    private LongSet placed = new LongSet();
    private boolean placedInMemory;
    /** What is on its way into a run: in none yet, and not placed either once that is forgotten. */
    private LongSet drafted = new LongSet();

    SeenKeyRuns(RunShelf shelf, RepositoryKeys keys, List<RunRef> runs) {
        this(shelf, keys, runs, MOST_IN_MEMORY);
    }

    SeenKeyRuns(RunShelf shelf, RepositoryKeys keys, List<RunRef> runs, int mostInMemory) {
        this.mostInMemory = mostInMemory;
        this.shelf = shelf;
        this.keys = keys;
        this.runs = List.copyOf(runs);
        this.hash = SipHash.under(keys.keyedName("keys-seen"));
        this.placedInMemory = runs.isEmpty();
    }

    @Override
    public synchronized void add(ItemKey key) {
        long value = hash.of(key.value().getBytes(StandardCharsets.UTF_8));
        if (!placed.contains(value)) {
            fresh.add(value);
        }
        if (fresh.size() >= mostInMemory) {
            spill();
        }
    }

    @Override
    public synchronized boolean contains(ItemKey key) {
        long value = hash.of(key.value().getBytes(StandardCharsets.UTF_8));
        return fresh.contains(value)
                || placed.contains(value)
                || drafted.contains(value)
                || !placedInMemory && isInRuns(value);
    }

    private boolean isInRuns(long value) {
        byte[] wanted = bytes(value);
        for (RunRef ref : runs) {
            RunReader reader = shelf.open(ref);
            if (reader.get(wanted).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static byte[] bytes(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    /** Too many for memory: they become a run at once, an object of its own. */
    private void spill() {
        RunInMemory.Written run = run(0);
        add(shelf.put(RunKind.KEYS_SEEN, run.bytes(), run.summary()));
        fresh = new LongSet();
        forgetPlaced();
    }

    private void forgetPlaced() {
        placed = new LongSet();
        placedInMemory = false;
    }

    private void add(RunRef ref) {
        List<RunRef> more = new ArrayList<>();
        more.add(ref);
        more.addAll(runs);
        runs = List.copyOf(more);
    }

    private RunInMemory.Written run(long number) {
        try (RunInMemory out = new RunInMemory(RunKind.KEYS_SEEN, keys)) {
            for (long value : fresh.sorted()) {
                out.add(RunEntry.of(bytes(value), number, new byte[0]));
            }
            return out.finish();
        }
    }

    @Override
    public synchronized Optional<RunDraft> freeze(long number) {
        if (fresh.size() == 0) {
            return Optional.empty();
        }
        RunInMemory.Written run = run(number);
        LongSet batch = fresh;
        fresh = new LongSet();
        drafted = batch;
        if (placed.size() == 0) {
            placed = batch;
        } else {
            for (long value : batch.sorted()) {
                placed.add(value);
            }
        }
        return Optional.of(new WholeDraft(run, (ref, bytes) -> placed(ref), () -> dropped(batch)));
    }

    private synchronized void placed(RunRef ref) {
        add(ref);
        drafted = new LongSet();
        if (placed.size() > mostInMemory) {
            forgetPlaced();
        }
    }

    private synchronized void dropped(LongSet batch) {
        drafted = new LongSet();
        for (long value : batch.sorted()) {
            fresh.add(value);
        }
    }

    @Override
    public synchronized List<RunRef> runs() {
        return runs;
    }
}
