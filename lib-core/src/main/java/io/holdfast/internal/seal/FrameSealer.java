// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.seal;

import io.holdfast.crypto.Encryptor;
import io.holdfast.crypto.SealBrokenException;
import io.holdfast.crypto.Slice;
import io.holdfast.runtime.Randomness;
import java.util.Arrays;

/**
 * Seals and opens the frames of one kind, dedup scope and epoch (FORMAT.md, "Frames").
 *
 * <p>A frame is a sealed header of fixed length and the sealed segments of its payload; none of it is plain, and where one frame ends and
 * the next begins cannot be seen. The key of a frame derives from the data key and the frame's salt. The salt is not in
 * the frame: the sealed directory of the pack names it, so a reader opens the directory first. A frame says nothing of
 * the pack that it is in, and can be copied to another one with its salt, without any data key.
 *
 * <p>The salt is HMAC(data key, 32 random bytes and the frame's blob ids): even if the random bytes repeat, two frames of
 * different content have different keys.
 *
 * <p>Safe for use by several threads.
 */
public final class FrameSealer implements AutoCloseable {

    /** The length of a salt in bytes. */
    public static final int SALT_BYTES = 32;

    private final Encryptor encryptor;
    private final Randomness randomness;
    private final byte[] dataKey;
    private final byte[] repositoryId;
    private final FramePlace place;
    private volatile boolean closed;

    FrameSealer(RepositoryKeys keys, byte[] dataKey, FramePlace place) {
        this.encryptor = keys.encryptor();
        this.randomness = keys.randomness();
        this.repositoryId = keys.repositoryId();
        this.dataKey = dataKey.clone();
        this.place = place;
    }

    /**
     * A fresh salt for a frame.
     *
     * @param blobIds the ids of the frame's blobs, one after another
     * @return 32 bytes
     */
    public byte[] newSalt(Slice blobIds) {
        byte[] ids = Arrays.copyOfRange(blobIds.bytes(), blobIds.offset(), blobIds.offset() + blobIds.length());
        byte[] key = derived(new byte[0], Label.of("frame salt"));
        try {
            return Hmac.of(key, randomness.bytes(SALT_BYTES), ids);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /**
     * How long the sealed header is, with which a frame begins.
     *
     * @return the length in bytes
     */
    public int headerLength() {
        return FrameHeader.PLAIN_BYTES + encryptor.tagBytes();
    }

    /**
     * How long a frame is.
     *
     * @param payloadLength the length of its payload in bytes
     * @return the length in bytes, the sealed header included
     */
    public int frameLength(int payloadLength) {
        return Math.toIntExact(headerLength() + SegmentSealer.sealedLength(payloadLength, encryptor.tagBytes()));
    }

    /**
     * Seals a frame.
     *
     * @param header what the payload is
     * @param salt the frame's salt, used for no other frame
     * @param payload the payload
     * @param out where the frame goes; never the array of the payload
     * @param outOffset where it begins
     * @return how many bytes were written: {@link #frameLength}
     */
    public int seal(FrameHeader header, byte[] salt, Slice payload, byte[] out, int outOffset) {
        if (payload.length() != header.payloadLength()) {
            throw new IllegalArgumentException(
                    "payload has " + payload.length() + " bytes; the frame's header says " + header.payloadLength());
        }
        int length = frameLength(payload.length());
        byte[] key = key(salt);
        try {
            byte[] plainHeader = header.bytes();
            int written = new SegmentSealer(encryptor, key, headerBinding(length))
                    .sealHeader(0, Slice.of(plainHeader), out, outOffset);
            written += new SegmentSealer(encryptor, key, payloadBinding(length, plainHeader))
                    .seal(0, payload, out, outOffset + written);
            return written;
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /**
     * Opens the header of a frame, to see how much it holds before any of it is read.
     *
     * @param salt the frame's salt
     * @param sealedHeader the first {@link #headerLength} bytes of the frame
     * @param frameLength how long the whole frame is, as its directory or index entry says
     * @return the header
     * @throws SealBrokenException if it does not open, or the frame cannot be that long
     */
    public FrameHeader openHeader(byte[] salt, Slice sealedHeader, int frameLength) throws SealBrokenException {
        byte[] key = key(salt);
        try {
            return headerUnder(key, sealedHeader, frameLength);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /**
     * Opens a frame.
     *
     * @param salt the frame's salt
     * @param frame the whole frame
     * @return header and payload
     * @throws SealBrokenException if it is not a frame of this place, whole and unaltered
     */
    public OpenedFrame open(byte[] salt, Slice frame) throws SealBrokenException {
        if (frame.length() < headerLength()) {
            throw new SealBrokenException("frame of " + frame.length() + " bytes is shorter than its header");
        }
        byte[] key = key(salt);
        try {
            Slice sealedHeader = new Slice(frame.bytes(), frame.offset(), headerLength());
            FrameHeader header = headerUnder(key, sealedHeader, frame.length());
            byte[] payload = new byte[header.payloadLength()];
            Slice segments = new Slice(frame.bytes(), frame.offset() + headerLength(), frame.length() - headerLength());
            new SegmentSealer(encryptor, key, payloadBinding(frame.length(), header.bytes()))
                    .open(0, segments, payload, 0);
            return new OpenedFrame(header, payload);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** Clears the data key; the sealer cannot be used afterwards. */
    @Override
    public void close() {
        closed = true;
        Arrays.fill(dataKey, (byte) 0);
    }

    private FrameHeader headerUnder(byte[] key, Slice sealedHeader, int frameLength) throws SealBrokenException {
        byte[] plain = new SegmentSealer(encryptor, key, headerBinding(frameLength)).openHeader(0, sealedHeader);
        if (plain.length != FrameHeader.PLAIN_BYTES) {
            throw new SealBrokenException("frame header of " + plain.length + " bytes");
        }
        FrameHeader header = FrameHeader.parse(plain);
        if (frameLength(header.payloadLength()) != frameLength) {
            throw new SealBrokenException(
                    "frame of " + frameLength + " bytes cannot hold a payload of " + header.payloadLength());
        }
        return header;
    }

    private byte[] key(byte[] salt) {
        if (salt.length != SALT_BYTES) {
            throw new IllegalArgumentException("salt of " + salt.length + " bytes; 32 are needed");
        }
        return derived(salt, Label.of("frame"));
    }

    private byte[] derived(byte[] salt, Label label) {
        if (closed) {
            throw new IllegalStateException("data key used after it was cleared");
        }
        return Hkdf.derive(dataKey, salt, label.bytes(), encryptor.keyBytes());
    }

    private byte[] headerBinding(int frameLength) {
        return bound("frame header").with(frameLength).bytes();
    }

    private byte[] payloadBinding(int frameLength, byte[] plainHeader) {
        return bound("frame payload").with(frameLength).with(plainHeader).bytes();
    }

    private Label bound(String purpose) {
        return Label.of(purpose)
                .with(repositoryId)
                .with(place.kind())
                .with(place.scope())
                .with(place.epoch());
    }
}
