// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import io.holdfast.crypto.SealBrokenException;
import io.holdfast.error.RepositoryException;
import io.holdfast.internal.seal.BlockSealer;
import io.holdfast.internal.seal.BlockSealers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Reads one run: looks keys up, scans ranges, and scans what is newer than a snapshot.
 *
 * <p>Thread-safe; the cursors that it hands out are not. Opening reads the end of the run once, a second time if its tail is longer than
 * 64 KiB. It holds the block table (a key and 28 bytes for each 16 KiB of entries) and, once asked, the filter (1.13 bytes for each key).
 * All methods throw {@link RepositoryException} with the code of damage when the bytes are not what a writer wrote, and what {@link RunBytes#read} throws.
 */
public final class RunReader {
    private final RunBytes bytes;
    private final RunFrame frame;
    private final BlockSealer sealer;
    private final RunTail tail;
    private final BlockCache cache;
    private final long cacheNumber;
    private final long keySeed;
    private final AtomicReferenceArray<@Nullable FuseFilter> filters;

    private RunReader(RunBytes bytes, RunFrame.Opened opened, BlockCache cache) {
        this.bytes = bytes;
        this.frame = opened.frame();
        this.sealer = opened.sealer();
        this.tail = opened.tail();
        this.cache = cache;
        this.cacheNumber = cache.newRun();
        this.keySeed = RunFormat.i64(frame.header(), RunFormat.SALT_OFFSET);
        this.filters = new AtomicReferenceArray<>(tail.filters().size());
    }

    /**
     * Opens a run.
     *
     * @param bytes where it lies
     * @param sealers makes its key
     * @param kind what it must hold
     * @param cache keeps opened blocks
     * @return the reader
     */
    public static RunReader open(RunBytes bytes, BlockSealers sealers, RunKind kind, BlockCache cache) {
        return new RunReader(bytes, RunFrame.open(bytes, sealers, kind), cache);
    }

    /**
     * How many entries the run has, tombstones included.
     *
     * @return the count
     */
    public long entries() {
        return tail.entries();
    }

    /**
     * How many of the entries are tombstones.
     *
     * @return the count
     */
    public long tombstones() {
        return tail.tombstones();
    }

    /**
     * The highest number of an entry.
     *
     * @return 0 for an empty run
     */
    public long highestNumber() {
        return tail.highestNumber();
    }

    /**
     * The lowest key.
     *
     * @return empty for an empty run
     */
    public byte[] firstKey() {
        return tail.blocks().size() == 0 ? new byte[0] : tail.blocks().firstKey(0);
    }

    /**
     * The highest key.
     *
     * @return empty for an empty run
     */
    public byte[] lastKey() {
        return tail.lastKey().clone();
    }

    /**
     * The extra section, as it was given to {@link RunWriter#finish(byte[])}.
     *
     * @return the bytes, empty if there are none
     */
    public byte[] extra() {
        return tail.extra().clone();
    }

    /**
     * How many blocks the run has.
     *
     * @return the count
     */
    public int blocks() {
        return tail.blocks().size();
    }

    /**
     * How much heap the reader holds, the parts of the filter that it has read included, blocks in the cache not.
     *
     * @return bytes, about
     */
    public long heapBytes() {
        long held = tail.blocks().heapBytes() + tail.extra().length;
        for (int i = 0; i < filters.length(); i++) {
            FuseFilter filter = filters.get(i);
            held += filter == null ? 0 : filter.fingerprints().length;
        }
        return held;
    }

    /**
     * Whether the run may have a key; asks the filter if there is one, and no block.
     *
     * @param key the key
     * @return false only if the run does not have it
     */
    public boolean mightContain(byte[] key) {
        if (!isInRange(key)) {
            return false;
        }
        if (filters.length() == 0) {
            return true;
        }
        int part = tail.filters().partFor(key, 0, key.length);
        return part >= 0 && filterAccepts(part, key);
    }

    private boolean isInRange(byte[] key) {
        BlockTable blocks = tail.blocks();
        return blocks.size() > 0
                && blocks.compareFirstKey(0, key, 0, key.length) <= 0
                && Arrays.compareUnsigned(key, tail.lastKey()) <= 0;
    }

    /**
     * Looks a key up; a tombstone is an entry, too.
     *
     * @param key the key
     * @return its entry, or the one with the lowest value if the key occurs more than once
     */
    public Optional<RunEntry> get(byte[] key) {
        return mightContain(key) ? find(key) : Optional.empty();
    }

    /**
     * Looks up a key that the run most likely has: reads no filter for it, and asks one only if it was read before. Where the key is not there after
     * all, the filter is read for those that come next.
     *
     * @param key the key
     * @return its entry, as {@link #get} gives it
     */
    public Optional<RunEntry> getExpected(byte[] key) {
        int part = tail.filters().partFor(key, 0, key.length);
        if (part < 0 || filters.get(part) != null) {
            return get(key);
        }
        Optional<RunEntry> found = isInRange(key) ? find(key) : Optional.empty();
        if (found.isEmpty()) {
            filter(part);
        }
        return found;
    }

    private Optional<RunEntry> find(byte[] key) {
        RunCursor found = scanFrom(key);
        return found.advance() && matches(found, key) ? Optional.of(found.copy()) : Optional.empty();
    }

    /**
     * Looks up all entries of a key.
     *
     * @param key the key
     * @return the entries by ascending value
     */
    public List<RunEntry> getAll(byte[] key) {
        List<RunEntry> found = new ArrayList<>();
        if (mightContain(key)) {
            RunCursor cursor = scanFrom(key);
            while (cursor.advance() && matches(cursor, key)) {
                found.add(cursor.copy());
            }
        }
        return found;
    }

    /**
     * Looks up many keys in one pass that opens each block once.
     *
     * @param ascendingKeys the keys in ascending order
     * @return the entries of those keys that the run has
     */
    public RunCursor select(Iterator<byte[]> ascendingKeys) {
        return new SelectCursor(this, ascendingKeys);
    }

    /**
     * All entries.
     *
     * @return a cursor before the first
     */
    public RunCursor scan() {
        return new ScanCursor(this, 0, null, -1);
    }

    /**
     * The entries from a key on.
     *
     * @param key the lowest key wanted; it need not exist
     * @return a cursor before the first of them
     */
    public RunCursor scanFrom(byte[] key) {
        return new ScanCursor(this, blockFor(key), key, -1);
    }

    /**
     * The entries that are newer than a snapshot; blocks without one are not read.
     *
     * @param number entries with higher numbers only, 0 or more
     * @return a cursor before the first of them
     */
    public RunCursor scanAbove(long number) {
        return new ScanCursor(this, 0, null, number);
    }

    /**
     * Reads the whole run, opens all of it, and compares it with what its tail says: order, counts, numbers, filter.
     *
     * @throws RepositoryException if anything is not as it was written
     */
    public void verify() {
        new RunVerifier(this).verify();
    }

    long tailOffset() {
        return frame.tailOffset();
    }

    /** Compares the header at the front of the run with the footer's copy. */
    void checkHeader() {
        RunFrame.checkHeader(name(), frame.header(), read(0, RunFormat.HEADER_BYTES));
    }

    boolean filterAccepts(int part, byte[] key) {
        return filter(part).mightContain(KeyHash.hash(keySeed, key, 0, key.length));
    }

    int blockFor(byte[] key) {
        return tail.blocks().blockFor(key, 0, key.length, frame.kind().mode());
    }

    static boolean matches(EntryView entry, byte[] key) {
        int from = entry.keyOffset();
        return Arrays.equals(entry.keyBytes(), from, from + entry.keyLength(), key, 0, key.length);
    }

    KeyMode mode() {
        return frame.kind().mode();
    }

    String name() {
        return bytes.name();
    }

    int readAheadBytes() {
        return bytes.readAheadBytes();
    }

    RunTail tail() {
        return tail;
    }

    /** The block from the cache, or null. */
    @Nullable
    RunBlock cached(int block) {
        return cache.find(cacheNumber, block);
    }

    /** Reads and opens a block, unless it is in the cache. */
    RunBlock block(int block, boolean keep) {
        RunBlock known = cached(block);
        if (known != null) {
            return known;
        }
        long from = startOf(block);
        byte[] stored = RunFrame.read(bytes, from, (int) (endOf(block) - from));
        RunBlock opened = open(block, stored, from);
        if (keep) {
            cache.keep(cacheNumber, block, opened);
        }
        return opened;
    }

    /** Where reading has to begin for a block: the first one is read with the header, so that the header is checked. */
    long startOf(int block) {
        return block == 0 ? 0 : tail.blocks().offsets[block];
    }

    long endOf(int block) {
        return tail.blocks().offsets[block] + tail.blocks().storedLengths[block];
    }

    byte[] read(long offset, int length) {
        return RunFrame.read(bytes, offset, length);
    }

    /** Opens a block out of stored bytes that begin at an offset of the run. */
    RunBlock open(int block, byte[] stored, long storedOffset) {
        BlockTable blocks = tail.blocks();
        if (block == 0) {
            RunFrame.checkHeader(name(), frame.header(), stored);
        }
        byte[] payload;
        try {
            int at = (int) (blocks.offsets[block] - storedOffset);
            payload = sealer.open(block, stored, at, blocks.storedLengths[block]);
        } catch (SealBrokenException broken) {
            throw RunDamage.in(name(), "block " + block, "the seal is broken: " + broken.getMessage(), broken);
        }
        return BlockDecoder.decode(
                new RunBlock.Origin(name(), block, blocks.highestNumbers[block]), payload, blocks.plainLengths[block]);
    }

    /** Reads a part of the filter, unless that was done before. */
    FuseFilter filter(int index) {
        FuseFilter known = filters.get(index);
        if (known != null) {
            return known;
        }
        FilterTable.Part part = tail.filters().parts[index];
        int stored = Math.toIntExact(Messages.storedLength(sealer, part.lengthBytes()));
        try {
            byte[] fingerprints = Messages.open(
                    sealer, part.messageNumber(), read(tail.filters().offsets[index], stored), 0, part.lengthBytes());
            FuseFilter opened = new FuseFilter(part.seed(), part.segmentBits(), part.segmentCount(), fingerprints);
            filters.set(index, opened);
            return opened;
        } catch (SealBrokenException broken) {
            throw RunDamage.in(name(), "filter part " + index, "the seal is broken: " + broken.getMessage(), broken);
        }
    }
}
