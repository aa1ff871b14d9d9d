// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.format;

import io.holdfast.internal.digest.Sha256;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Merkle mountain range over the records of a lineage by number: it commits to all of them in at most 64 hashes (FORMAT.md,
 * "History").
 *
 * <p>The leaf of number k is SHA-256(0, k, hash of record k); a number that no valid record bears has a hash of 32 zero bytes. A node is
 * SHA-256(1, left, right). The peaks are the roots of the perfect trees that the binary digits of the size name, largest first. Immutable.
 */
public final class History {
    private static final byte[] NOBODY = new byte[Refs.HASH_BYTES];

    private final long size;
    private final List<byte[]> peaks;

    private History(long size, List<byte[]> peaks) {
        this.size = size;
        this.peaks = peaks;
    }

    /**
     * The history before the first record.
     *
     * @return a history of no number
     */
    public static History empty() {
        return new History(0, List.of());
    }

    /**
     * The history that stands in a record.
     *
     * @param size how many numbers it covers: one less than the record's number
     * @param peaks the peaks
     * @return the history
     * @throws IllegalArgumentException if no history of that size has so many peaks
     */
    public static History of(long size, List<byte[]> peaks) {
        if (size < 0 || Long.bitCount(size) != peaks.size()) {
            throw new IllegalArgumentException("history of " + size + " numbers with " + peaks.size() + " peaks");
        }
        return new History(size, List.copyOf(peaks));
    }

    /**
     * How many numbers it covers.
     *
     * @return the highest number in it
     */
    public long size() {
        return size;
    }

    /**
     * Its peaks, largest tree first.
     *
     * @return at most 64 hashes
     */
    public List<byte[]> peaks() {
        return peaks;
    }

    /**
     * This history and one record more; numbers between are nobody's.
     *
     * @param record the record, of a number above {@link #size()}
     * @return the longer history
     */
    public History with(RecordId record) {
        return upTo(record.number() - 1).append(record.hash());
    }

    /**
     * This history grown to a size by numbers that no valid record bears.
     *
     * @param newSize at least {@link #size()}
     * @return the longer history
     */
    public History upTo(long newSize) {
        if (newSize < size) {
            throw new IllegalArgumentException("history of " + size + " numbers cannot end at " + newSize);
        }
        History grown = this;
        while (grown.size < newSize) {
            grown = grown.append(NOBODY);
        }
        return grown;
    }

    private History append(byte[] hash) {
        List<byte[]> grown = new ArrayList<>(peaks);
        byte[] node = leaf(size + 1, hash);
        for (long trees = size; (trees & 1) == 1; trees >>>= 1) {
            node = node(grown.remove(grown.size() - 1), node);
        }
        grown.add(node);
        return new History(size + 1, List.copyOf(grown));
    }

    /** Tells the hash of a record by its number, or nothing where it is not known. */
    @FunctionalInterface
    public interface KnownHashes {
        /**
         * The hash of a record.
         *
         * @param number its number
         * @return its hash; 32 zero bytes if the number is known to be nobody's; empty if it is not known
         */
        Optional<byte[]> of(long number);
    }

    /** What a history says of a record. */
    public enum Answer {
        /** The record stands in it. */
        CONFIRMED,
        /** Another record stands at that number, or it does not reach so far. */
        CONTRADICTED,
        /** Too many of its neighbours are unknown to tell. */
        UNKNOWN
    }

    /**
     * Whether a record stands in this history.
     *
     * @param record the record
     * @param known hashes of other records, and histories of earlier sizes
     * @return the answer
     */
    public Answer answer(RecordId record, Known known) {
        if (record.number() > size) {
            return Answer.CONTRADICTED;
        }
        long start = 0;
        for (byte[] peak : peaks) {
            int height = 63 - Long.numberOfLeadingZeros(size - start);
            long end = start + (1L << height);
            if (record.number() <= end) {
                return rootWith(record, start, height, known)
                        .map(root -> Arrays.equals(root, peak) ? Answer.CONFIRMED : Answer.CONTRADICTED)
                        .orElse(Answer.UNKNOWN);
            }
            start = end;
        }
        throw new IllegalStateException("number " + record.number() + " is in no tree of " + size);
    }

    private static Optional<byte[]> rootWith(RecordId record, long start, int height, Known known) {
        if (height == 0) {
            return Optional.of(leaf(record.number(), record.hash()));
        }
        long half = 1L << (height - 1);
        boolean left = record.number() <= start + half;
        Optional<byte[]> mine = rootWith(record, left ? start : start + half, height - 1, known);
        Optional<byte[]> other = known.root(left ? start + half : start, height - 1);
        return mine.flatMap(m -> other.map(o -> left ? node(m, o) : node(o, m)));
    }

    /** What surviving records tell: their hashes, and the roots of the trees that their histories end in. Not for several threads. */
    public static final class Known {
        private final KnownHashes hashes;
        private final Map<Tree, byte[]> roots = new HashMap<>();

        /**
         * Knows single hashes.
         *
         * @param hashes the hashes
         */
        public Known(KnownHashes hashes) {
            this.hashes = hashes;
        }

        private record Tree(long start, int height) {}

        /**
         * Adds the peaks of a history that a surviving, authenticated record holds.
         *
         * @param history the history
         */
        public void add(History history) {
            long start = 0;
            for (byte[] peak : history.peaks) {
                int height = 63 - Long.numberOfLeadingZeros(history.size - start);
                roots.put(new Tree(start, height), peak);
                start += 1L << height;
            }
        }

        Optional<byte[]> root(long start, int height) {
            byte[] known = roots.get(new Tree(start, height));
            if (known != null) {
                return Optional.of(known);
            }
            if (height == 0) {
                return hashes.of(start + 1).map(hash -> leaf(start + 1, hash));
            }
            long half = 1L << (height - 1);
            return root(start, height - 1)
                    .flatMap(left -> root(start + half, height - 1).map(right -> node(left, right)));
        }
    }

    private static byte[] leaf(long number, byte[] hash) {
        return Sha256.of(ByteBuffer.allocate(1 + Long.BYTES + hash.length)
                .put((byte) 0)
                .putLong(number)
                .put(hash)
                .array());
    }

    private static byte[] node(byte[] left, byte[] right) {
        return Sha256.of(ByteBuffer.allocate(1 + left.length + right.length)
                .put((byte) 1)
                .put(left)
                .put(right)
                .array());
    }
}
