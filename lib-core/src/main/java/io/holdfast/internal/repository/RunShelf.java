// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.RepositoryException;
import io.holdfast.error.StoreException;
import io.holdfast.internal.digest.Sha256;
import io.holdfast.internal.format.RunRef;
import io.holdfast.internal.pack.HashNamedObject;
import io.holdfast.internal.run.BlockCache;
import io.holdfast.internal.run.RunBytes;
import io.holdfast.internal.run.RunKind;
import io.holdfast.internal.run.RunReader;
import io.holdfast.internal.run.RunSummary;
import io.holdfast.internal.seal.RepositoryKeys;
import io.holdfast.store.ByteRange;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads and writes sorted runs on the store: objects of their own under {@code runs/}, and ranges at the ends of packs.
 *
 * <p>Safe for use by several threads. A run is fetched whole, held against its hash, or read by ranges, whose blocks are sealed each. Readers are
 * kept while they fit into the cache.
 */
final class RunShelf {
    /** A merged segment and a little more: such runs are fetched with one request. */
    private static final int WHOLE_BYTES = 9 << 20;

    private static final int READ_AHEAD_BYTES = 1 << 20;

    /** Who asked a run for so many ranges will ask for more: to fetch it whole takes one request. */
    private static final int MANY_READS = 16;

    private final ObjectStore store;
    private final RepositoryKeys keys;
    private final BlockCache blocks;
    private final Cache<RunRef, Shelved> readers;
    private final Set<String> written = ConcurrentHashMap.newKeySet();

    RunShelf(ObjectStore store, RepositoryKeys keys, long cacheBytes) {
        this(store, keys, new BlockCache(cacheBytes / 2), readers(cacheBytes / 2));
    }

    private RunShelf(ObjectStore store, RepositoryKeys keys, BlockCache blocks, Cache<RunRef, Shelved> readers) {
        this.store = store;
        this.keys = keys;
        this.blocks = blocks;
        this.readers = readers;
    }

    private static Cache<RunRef, Shelved> readers(long bytes) {
        return Caffeine.newBuilder()
                .maximumWeight(bytes)
                .weigher((RunRef ref, Shelved shelved) -> shelved.weight(ref))
                .executor(Runnable::run)
                .build();
    }

    /** The same shelf with the same caches, for a session that wants to know what it wrote itself. */
    RunShelf forSession() {
        return new RunShelf(store, keys, blocks, readers);
    }

    RepositoryKeys keys() {
        return keys;
    }

    /** The names of the objects that were written under {@code runs/} since the shelf was made. */
    Set<String> written() {
        return new TreeSet<>(written);
    }

    /** Opens a run of which much will be read: one of moderate length is fetched whole. */
    RunReader open(RunRef ref) {
        Shelved known = readers.getIfPresent(ref);
        if (known != null) {
            return known.reader();
        }
        return ref.length() <= WHOLE_BYTES ? openWhole(ref) : openByRanges(ref);
    }

    /** Opens a run in which single keys are looked up: its blocks are read one by one until it turns out that many are wanted. */
    RunReader openToSeek(RunRef ref) {
        Shelved known = readers.getIfPresent(ref);
        if (known == null) {
            return openByRanges(ref);
        }
        return ref.length() <= WHOLE_BYTES && known.isReadOften() ? openWhole(ref) : known.reader();
    }

    /**
     * Opens a run that is to be walked through beside others: what is not at hand is read piece by piece, so that the walk holds no more than
     * so many bytes of it.
     */
    RunReader openToScan(RunRef ref, int windowBytes) {
        Shelved known = readers.getIfPresent(ref);
        return known != null && known.ranges().isEmpty()
                ? known.reader()
                : reader(ref, new StoredRun(ref, windowBytes));
    }

    private RunReader openWhole(RunRef ref) {
        RunReader reader = reader(ref, RunBytes.of(ref.object(), fetch(ref)));
        readers.put(ref, new Shelved(reader, Optional.empty()));
        return reader;
    }

    private RunReader openByRanges(RunRef ref) {
        StoredRun ranges = new StoredRun(ref, READ_AHEAD_BYTES);
        RunReader reader = reader(ref, ranges);
        readers.put(ref, new Shelved(reader, Optional.of(ranges)));
        return reader;
    }

    private RunReader reader(RunRef ref, RunBytes bytes) {
        return RunReader.open(bytes, keys, RunKind.ofLabel(ref.kind()), blocks);
    }

    /** Opens a run whose bytes are at hand, and keeps it as if it had been fetched. */
    RunReader adopt(RunRef ref, byte[] bytes) {
        RunReader reader = reader(ref, RunBytes.of(ref.object(), bytes));
        if (bytes.length <= WHOLE_BYTES) {
            readers.put(ref, new Shelved(reader, Optional.empty()));
        }
        return reader;
    }

    /** Opens a run that stands in a record. */
    RunReader inline(RunKind kind, byte[] bytes) {
        return RunReader.open(RunBytes.of("a record", bytes), keys, kind, blocks);
    }

    /** Writes a run as an object of its own. */
    RunRef put(RunDraft draft) {
        RunRef ref = draft.at(nameOf(draft.bytes()), 0);
        put(ref, draft.bytes());
        return ref;
    }

    /** Writes a run as an object of its own. */
    RunRef put(RunKind kind, byte[] bytes, RunSummary summary) {
        RunRef ref = refOf(kind, summary, nameOf(bytes), 0);
        put(ref, bytes);
        return ref;
    }

    private void put(RunRef ref, byte[] bytes) {
        HashNamedObject.put(store, new ObjectName(ref.object()), ObjectBody.of(bytes));
        written.add(ref.object());
        adopt(ref, bytes);
    }

    private static String nameOf(byte[] bytes) {
        String hex = HexFormat.of().formatHex(Sha256.of(bytes));
        return "runs/" + hex.substring(0, 2) + "/" + hex;
    }

    static RunRef refOf(RunKind kind, RunSummary summary, String object, long offset) {
        return new RunRef(
                kind.label(),
                object,
                offset,
                summary.length(),
                summary.sha256(),
                summary.entries(),
                summary.highestNumber(),
                summary.firstKey(),
                summary.lastKey());
    }

    private byte[] fetch(RunRef ref) {
        byte[] bytes = read(ref, ref.offset(), (int) ref.length());
        if (!Arrays.equals(Sha256.of(bytes), ref.sha256())) {
            throw damaged(ref, "its bytes are not those that were written");
        }
        return bytes;
    }

    private byte[] read(RunRef ref, long offset, int length) {
        try (InputStream in = store.get(new ObjectName(ref.object()), ByteRange.of(offset, length))) {
            byte[] bytes = in.readNBytes(length);
            if (bytes.length != length) {
                throw damaged(ref, "it ends after " + bytes.length + " of " + length + " bytes from " + offset);
            }
            return bytes;
        } catch (IOException e) {
            throw new StoreException(
                    ErrorCode.STORE_UNAVAILABLE,
                    "reading object '" + ref.object() + "' broke off: " + e.getMessage(),
                    "Run it again",
                    e);
        }
    }

    static RepositoryException damaged(RunRef ref, String what) {
        return new RepositoryException(
                ErrorCode.REPOSITORY_DAMAGED,
                "object '" + ref.object() + "' is damaged: " + what,
                "Run verify to learn which items are concerned");
    }

    /**
     * A reader that is kept.
     *
     * @param reader the reader
     * @param ranges what it reads from the store; empty if it holds the run whole
     */
    private record Shelved(RunReader reader, Optional<StoredRun> ranges) {
        boolean isReadOften() {
            return ranges.isPresent() && ranges.get().reads.get() >= MANY_READS;
        }

        /** About the heap that it takes, a filter of 9 bits for each key included. */
        int weight(RunRef ref) {
            long held = ranges.isEmpty() ? ref.length() : reader.heapBytes() + ref.entries() * 9 / 8;
            return (int) Math.min(held + 1024, Integer.MAX_VALUE);
        }
    }

    /** A run that is read by ranges of its object. */
    private final class StoredRun implements RunBytes {
        private final RunRef ref;
        private final int windowBytes;
        private final AtomicInteger reads = new AtomicInteger();

        StoredRun(RunRef ref, int windowBytes) {
            this.ref = ref;
            this.windowBytes = windowBytes;
        }

        @Override
        public String name() {
            return ref.object();
        }

        @Override
        public long length() {
            return ref.length();
        }

        @Override
        public byte[] read(long offset, int length) {
            reads.incrementAndGet();
            return RunShelf.this.read(ref, ref.offset() + offset, length);
        }

        @Override
        public int readAheadBytes() {
            return windowBytes;
        }
    }
}
