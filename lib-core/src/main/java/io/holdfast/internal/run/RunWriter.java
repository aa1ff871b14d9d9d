// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import io.holdfast.internal.seal.BlockSealer;
import io.holdfast.internal.seal.BlockSealers;
import org.jspecify.annotations.Nullable;

/**
 * Writes entries that come in order as one run (FORMAT.md, Sorted runs).
 *
 * <p>Streams: it holds one block, 50 to 100 bytes for each block written, and up to 40 MB while it builds a part of a filter. Not thread-safe.
 * Close it, as it holds native memory; a run whose {@link #finish()} was not reached is cut off and is refused by a reader.
 */
public final class RunWriter implements AutoCloseable {
    private final StoredOutput out;
    private final BlockSealer sealer;
    private final RunSettings settings;
    private final byte[] header;
    private final BlockBuilder block;
    private final BlockCompressor compressor;
    private final TailBuilder tail = new TailBuilder();
    private final @Nullable FilterCollector filter;
    private byte[] firstKey = new byte[0];
    private long filterNumber = RunFormat.FILTER_NUMBERS;
    private boolean finished;

    /**
     * Begins a run and writes its header.
     *
     * @param sink takes the stored bytes
     * @param sealers makes the run's key
     * @param settings what is written and how
     */
    public RunWriter(RunSink sink, BlockSealers sealers, RunSettings settings) {
        byte[] salt = sealers.newSalt();
        this.out = new StoredOutput(sink);
        this.settings = settings;
        this.sealer = sealers.forObject(settings.kind().label(), salt);
        this.header = header(settings.kind(), salt);
        this.block = new BlockBuilder(settings.kind().mode());
        this.filter = settings.filter() ? new FilterCollector(RunFormat.i64(salt, 0), settings.filterPartKeys()) : null;
        out.write(header);
        this.compressor = new BlockCompressor(settings.compressionLevel());
    }

    private static byte[] header(RunKind kind, byte[] salt) {
        byte[] header = new byte[RunFormat.HEADER_BYTES];
        System.arraycopy(RunFormat.MAGIC, 0, header, 0, RunFormat.MAGIC.length);
        header[5] = RunFormat.VERSION;
        header[6] = (byte) kind.code();
        System.arraycopy(salt, 0, header, RunFormat.SALT_OFFSET, BlockSealers.SALT_BYTES);
        return header;
    }

    /**
     * Adds the next entry; its arrays are copied.
     *
     * @param entry an entry above all before it
     * @throws IllegalArgumentException if it is not, or is outside the limits of the format
     */
    public void add(EntryView entry) {
        if (finished) {
            throw new IllegalStateException("the run is finished");
        }
        long roughLength = (long) entry.keyLength() + entry.valueLength();
        if (block.entries() > 0 && block.plainBytes() + roughLength > 2L * settings.blockBytes()) {
            writeBlock();
        }
        boolean newKey = block.add(entry);
        if (tail.entries() == 0) {
            firstKey = block.firstKey();
        }
        tail.countEntry(entry.tombstone());
        if (filter != null && newKey) {
            if (filter.isFull()) {
                writeFilterPart(filter);
            }
            filter.add(entry);
        }
        if (block.plainBytes() >= settings.blockBytes()) {
            writeBlock();
        }
    }

    /**
     * Adds all that a cursor has left.
     *
     * @param entries ascending, and above all before
     */
    public void addAll(RunCursor entries) {
        while (entries.advance()) {
            add(entries);
        }
    }

    /**
     * Writes what is left, the tail and the footer.
     *
     * @return what was written
     */
    public RunSummary finish() {
        return finish(new byte[0]);
    }

    /**
     * Writes what is left, the tail with an extra section, and the footer.
     *
     * @param extra bytes that the reader hands back as they are, at most 64 MiB
     * @return what was written
     */
    public RunSummary finish(byte[] extra) {
        if (finished) {
            throw new IllegalStateException("the run is finished");
        }
        if (extra.length > RunFormat.MAX_EXTRA_BYTES) {
            throw new IllegalArgumentException(
                    "the extra section has at most " + RunFormat.MAX_EXTRA_BYTES + " bytes; got " + extra.length);
        }
        if (block.entries() > 0) {
            writeBlock();
        }
        // A run of one block gains nothing: the block tells as much, and is as near as the filter.
        if (filter != null && !filter.isEmpty() && (tail.blocks() > 1 || filter.isBegun())) {
            writeFilterPart(filter);
        }
        byte[] lastKey = block.lastKey();
        GrowingBytes plainTail = tail.build(header, lastKey, extra);
        writeMessages(RunFormat.TAIL_NUMBERS, plainTail.array(), plainTail.size());
        writeFooter(plainTail.size());
        finished = true;
        return new RunSummary(
                out.length(), out.sha256(), tail.entries(), tail.tombstones(), firstKey, lastKey, tail.highestNumber());
    }

    /**
     * How many bytes have been written so far.
     *
     * @return stored bytes, without the block that is being filled
     */
    public long writtenBytes() {
        return out.length();
    }

    private void writeBlock() {
        int plainLength = block.close();
        int compressed = compressor.compress(block.array(), 1, plainLength);
        byte[] payload = compressed < 0 ? block.array() : compressor.output();
        payload[0] = compressed < 0 ? RunFormat.CODEC_RAW : RunFormat.CODEC_ZSTD;
        byte[] stored = sealer.seal(tail.blocks(), payload, 0, 1 + (compressed < 0 ? plainLength : compressed));
        out.write(stored);
        tail.addBlock(block.firstKey(), stored.length, plainLength, block.highestNumber());
        block.clear();
    }

    private void writeFilterPart(FilterCollector collector) {
        int keys = collector.size();
        FuseFilter built = collector.build();
        byte[] fingerprints = built.fingerprints();
        filterNumber = writeMessages(filterNumber, fingerprints, fingerprints.length);
        tail.addFilterPart(collector.firstKey(), keys, built);
    }

    /** Seals bytes as messages with ascending numbers and returns the next number. */
    private long writeMessages(long firstNumber, byte[] bytes, int length) {
        long number = firstNumber;
        for (int at = 0; at < length; at += RunFormat.MESSAGE_BYTES) {
            out.write(sealer.seal(number, bytes, at, Math.min(RunFormat.MESSAGE_BYTES, length - at)));
            number++;
        }
        return number;
    }

    private void writeFooter(int tailLength) {
        byte[] footer = new byte[RunFormat.FOOTER_BYTES];
        System.arraycopy(header, 0, footer, 0, header.length);
        RunFormat.putI64(footer, RunFormat.HEADER_BYTES, out.length() + footer.length);
        RunFormat.putI32(footer, RunFormat.HEADER_BYTES + 8, tailLength);
        System.arraycopy(RunFormat.FOOTER_MAGIC, 0, footer, RunFormat.HEADER_BYTES + 12, 4);
        out.write(footer);
    }

    /** Frees native memory; it does not finish the run. */
    @Override
    public void close() {
        compressor.close();
    }
}
