// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

import java.util.Objects;

/**
 * FastCDC with a keyed 64-bit gear hash: finds where a stream is cut, from the content alone, so that an insertion moves
 * the cut points around it and no others.
 *
 * <p>The hash of a position is {@code h = (h << 1) + gear[byte]} over the 64 bytes up to it. A chunk ends after the first
 * byte at which the top bits of the hash are zero: log2(avg) + 2 bits of them while the chunk is shorter than avg, log2(avg) - 2
 * bits from there on ("normalised" chunking, which draws lengths towards the average), and at max at the latest. Bytes
 * before min are not looked at, but for the last 64 of them (FORMAT.md, "Chunking"; Xia and others, USENIX ATC 2016).
 *
 * <p>Immutable, safe for use by many threads. Costs one table look-up per byte and allocates nothing.
 */
public final class Chunker {
    private static final int WINDOW_BYTES = 64;
    private static final int NORMALISING_BITS = 2;

    private final ChunkParams params;
    private final long[] gear;
    private final long strictMask;
    private final long looseMask;

    public Chunker(ChunkParams params, GearTable gear) {
        this.params = params;
        this.gear = gear.entries();
        int bits = Integer.numberOfTrailingZeros(params.avgBytes());
        this.strictMask = topBits(bits + NORMALISING_BITS);
        this.looseMask = topBits(bits - NORMALISING_BITS);
    }

    public ChunkParams params() {
        return params;
    }

    /**
     * The length of the next chunk of a stream.
     *
     * @param buffer holds the stream from {@code offset} on; not changed
     * @param available number of valid bytes from {@code offset}, more than zero; bytes after {@code maxBytes} are ignored
     * @param last whether the stream ends with these bytes; if not, at least {@code maxBytes} must be there, so that the
     *     cut does not depend on how the caller reads
     * @return between 1 and {@code min(available, maxBytes)}
     */
    public int cut(byte[] buffer, int offset, int available, boolean last) {
        Objects.checkFromIndexSize(offset, available, buffer.length);
        if (available == 0) {
            throw new IllegalArgumentException("nothing to cut: no bytes are available");
        }
        if (!last && available < params.maxBytes()) {
            throw new IllegalArgumentException("a cut needs " + params.maxBytes()
                    + " bytes unless the stream ends before; only " + available + " are available");
        }
        if (available <= params.minBytes()) {
            return available;
        }
        int end = offset + Math.min(available, params.maxBytes());
        int normal = Math.min(end, offset + params.avgBytes());
        int at = offset + params.minBytes() - 1;
        long hash = hash(buffer, at - (WINDOW_BYTES - 1), at);
        int cut = scan(buffer, at, normal, hash, strictMask);
        if (cut < 0 && normal < end) {
            hash = hash(buffer, normal - (WINDOW_BYTES - 1), normal);
            cut = scan(buffer, normal, end, hash, looseMask);
        }
        return (cut < 0 ? end : cut) - offset;
    }

    private long hash(byte[] buffer, int from, int to) {
        long hash = 0;
        for (int at = from; at < to; at++) {
            hash = (hash << 1) + gear[buffer[at] & 0xff];
        }
        return hash;
    }

    /** The end of the chunk, or -1 when no byte of the range ends it; {@code hash} covers the 63 bytes before the range. */
    private int scan(byte[] buffer, int from, int to, long hash, long mask) {
        long[] table = gear;
        long rolling = hash;
        for (int at = from; at < to; at++) {
            rolling = (rolling << 1) + table[buffer[at] & 0xff];
            if ((rolling & mask) == 0) {
                return at + 1;
            }
        }
        return -1;
    }

    /** The top bits depend on the most bytes of the window: bit 63 on all 64, bit 0 on the last one only. */
    private static long topBits(int bits) {
        return -1L << (Long.SIZE - bits);
    }
}
