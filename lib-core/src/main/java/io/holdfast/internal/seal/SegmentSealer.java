// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.seal;

import io.holdfast.crypto.Encryptor;
import io.holdfast.crypto.SealBrokenException;
import io.holdfast.crypto.Slice;

/**
 * Seals byte ranges of any length in segments of 32 KiB of plaintext, after the STREAM construction (Hoang, Reyhanitabar, Rogaway,
 * Vizár 2015; FORMAT.md, "Segments").
 *
 * <p>Each segment is one message of the {@link Encryptor}. Its nonce is, after as many zero bytes as a nonce longer than twelve bytes
 * needs: the range's number (7 bytes), the segment's number from 0 (4 bytes), and a flag (1 byte: 0 if more segments follow, 1 for the
 * last one, 2 for a header that stands before the segments). All big-endian. Every segment but the last is full, and only an empty range has an
 * empty segment; so a range has one sealed form, and cutting it at a segment's end is found by the missing flag. The associated
 * data is given once and bound into every segment.
 *
 * <p>Small segments keep memory constant, let a ranged read check what it reads, and are what the platform's cipher is fast at.
 *
 * <p>Safe for use by several threads. Borrows the key: it is the caller's to clear.
 */
public final class SegmentSealer {

    /** The plaintext of a full segment in bytes. */
    public static final int SEGMENT_BYTES = 32 * 1024;

    /** The highest number that a range may have. */
    public static final long MAX_NUMBER = (1L << 56) - 1;

    private static final int MORE = 0;
    private static final int LAST = 1;
    private static final int HEADER = 2;
    private static final int USED_NONCE_BYTES = 12;

    private final Encryptor encryptor;
    private final byte[] key;
    private final byte[] associatedData;

    /**
     * Creates a sealer. A key must never seal two different ranges under one number.
     *
     * @param encryptor what seals a message
     * @param key the key
     * @param associatedData what every segment is bound to, at most 1 KiB
     */
    public SegmentSealer(Encryptor encryptor, byte[] key, byte[] associatedData) {
        if (encryptor.nonceBytes() < USED_NONCE_BYTES) {
            throw new IllegalArgumentException("suite " + encryptor.suite() + " has nonces of " + encryptor.nonceBytes()
                    + " bytes; 12 are needed");
        }
        this.encryptor = encryptor;
        this.key = key;
        this.associatedData = associatedData;
    }

    /**
     * How long a range is when it is sealed.
     *
     * @param plainLength the plaintext's length in bytes
     * @param tagBytes by how much a segment grows
     * @return the sealed length in bytes
     */
    public static long sealedLength(long plainLength, int tagBytes) {
        return plainLength + segments(plainLength) * tagBytes;
    }

    /**
     * How long the plaintext of a sealed range is.
     *
     * @param sealedLength the sealed length in bytes
     * @param tagBytes by how much a segment grows
     * @return the plaintext's length in bytes
     * @throws SealBrokenException if no range has that sealed length
     */
    public static long plainLength(long sealedLength, int tagBytes) throws SealBrokenException {
        long segments = (sealedLength + SEGMENT_BYTES + tagBytes - 1) / (SEGMENT_BYTES + tagBytes);
        long plain = sealedLength - segments * tagBytes;
        if (sealedLength < tagBytes || sealedLength(plain, tagBytes) != sealedLength) {
            throw new SealBrokenException(sealedLength + " bytes are not whole sealed segments");
        }
        return plain;
    }

    /**
     * Seals a range.
     *
     * @param number the range's number, 0 to {@link #MAX_NUMBER}
     * @param plain the plaintext
     * @param out where the sealed bytes go; never the array of the plaintext
     * @param outOffset where they begin
     * @return how many bytes were written
     */
    public int seal(long number, Slice plain, byte[] out, int outOffset) {
        byte[] nonce = nonce(number);
        int segments = Math.toIntExact(segments(plain.length()));
        int written = 0;
        for (int i = 0; i < segments; i++) {
            int from = i * SEGMENT_BYTES;
            int length = Math.min(SEGMENT_BYTES, plain.length() - from);
            place(nonce, i, i == segments - 1 ? LAST : MORE);
            Slice in = new Slice(plain.bytes(), plain.offset() + from, length);
            Slice target = new Slice(out, outOffset + written, length + encryptor.tagBytes());
            written += encryptor.seal(key, nonce, associatedData, in, target);
        }
        return written;
    }

    /**
     * Opens a whole range.
     *
     * @param number the range's number
     * @param sealed the sealed bytes, all of them
     * @param out where the plaintext goes; never the array of the sealed bytes
     * @param outOffset where it begins
     * @return how many bytes were written
     * @throws SealBrokenException if a segment does not open, is missing, or there is one too many
     */
    public int open(long number, Slice sealed, byte[] out, int outOffset) throws SealBrokenException {
        long plain = plainLength(sealed.length(), encryptor.tagBytes());
        return open(number, new SegmentRange(0, Math.toIntExact(segments(plain)), plain), sealed, out, outOffset);
    }

    /**
     * Opens some neighbouring segments of a range.
     *
     * @param number the range's number
     * @param range which segments
     * @param sealed their sealed bytes, {@link SegmentRange#sealedLength} of them
     * @param out where the plaintext goes
     * @param outOffset where it begins
     * @return how many bytes were written
     * @throws SealBrokenException if a segment does not open
     */
    public int open(long number, SegmentRange range, Slice sealed, byte[] out, int outOffset)
            throws SealBrokenException {
        int tag = encryptor.tagBytes();
        if (sealed.length() != range.sealedLength(tag)) {
            throw new SealBrokenException("got " + sealed.length() + " bytes of sealed segments where "
                    + range.sealedLength(tag) + " are needed");
        }
        byte[] nonce = nonce(number);
        int read = 0;
        int written = 0;
        for (int i = range.first(); i < range.first() + range.count(); i++) {
            int length = Math.min(SEGMENT_BYTES + tag, sealed.length() - read);
            place(nonce, i, i == range.segments() - 1 ? LAST : MORE);
            Slice in = new Slice(sealed.bytes(), sealed.offset() + read, length);
            written +=
                    encryptor.open(key, nonce, associatedData, in, new Slice(out, outOffset + written, length - tag));
            read += length;
        }
        return written;
    }

    /** Seals a short header that stands before the segments of a range. */
    int sealHeader(long number, Slice plain, byte[] out, int outOffset) {
        byte[] nonce = nonce(number);
        place(nonce, 0, HEADER);
        Slice target = new Slice(out, outOffset, plain.length() + encryptor.tagBytes());
        return encryptor.seal(key, nonce, associatedData, plain, target);
    }

    /** Opens what {@link #sealHeader} sealed. */
    byte[] openHeader(long number, Slice sealed) throws SealBrokenException {
        byte[] nonce = nonce(number);
        place(nonce, 0, HEADER);
        byte[] plain = new byte[Math.max(0, sealed.length() - encryptor.tagBytes())];
        encryptor.open(key, nonce, associatedData, sealed, Slice.of(plain));
        return plain;
    }

    static long segments(long plainLength) {
        return Math.max(1, (plainLength + SEGMENT_BYTES - 1) / SEGMENT_BYTES);
    }

    private byte[] nonce(long number) {
        if (number < 0 || number > MAX_NUMBER) {
            throw new IllegalArgumentException("number " + number + " is not in 0.." + MAX_NUMBER);
        }
        byte[] nonce = new byte[encryptor.nonceBytes()];
        int at = nonce.length - USED_NONCE_BYTES;
        for (int i = 0; i < 7; i++) {
            nonce[at + i] = (byte) (number >>> (48 - 8 * i));
        }
        return nonce;
    }

    private static void place(byte[] nonce, int segment, int flag) {
        int at = nonce.length - 5;
        nonce[at] = (byte) (segment >>> 24);
        nonce[at + 1] = (byte) (segment >>> 16);
        nonce[at + 2] = (byte) (segment >>> 8);
        nonce[at + 3] = (byte) segment;
        nonce[at + 4] = (byte) flag;
    }
}
