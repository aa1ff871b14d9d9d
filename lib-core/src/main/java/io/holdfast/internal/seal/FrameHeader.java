// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.seal;

import io.holdfast.crypto.SealBrokenException;
import java.nio.ByteBuffer;

/**
 * What stands in the sealed header of a frame (FORMAT.md, "Frames").
 *
 * @param compression how the payload is compressed
 * @param plainLength the length of the blobs, one after another, in bytes: 0 to {@link #MAX_PLAIN_BYTES}
 * @param payloadLength the length of the payload that is sealed, in bytes: that of the blobs if raw, less if compressed
 * @param blobs how many blobs, 1 to {@link #MAX_BLOBS}
 */
public record FrameHeader(Compression compression, int plainLength, int payloadLength, int blobs) {

    /** The longest frame: its sealed length still fits in the three bytes that the index has for it. */
    public static final int MAX_PLAIN_BYTES = 15 << 20;

    /** The most blobs in one frame. */
    public static final int MAX_BLOBS = 1 << 16;

    /** The length of the header's plaintext. */
    static final int PLAIN_BYTES = 20;

    private static final int VERSION = 1;

    /** How a payload is compressed. The code stands in the header and never changes. */
    public enum Compression {
        /** Not at all. */
        RAW(0),
        /** One zstd frame (RFC 8878). */
        ZSTD(1);

        private final int code;

        Compression(int code) {
            this.code = code;
        }
    }

    /** Checks the limits. */
    public FrameHeader {
        if (plainLength < 0 || plainLength > MAX_PLAIN_BYTES || blobs < 1 || blobs > MAX_BLOBS) {
            throw new IllegalArgumentException("frame of " + blobs + " blobs and " + plainLength
                    + " bytes; allowed are 1 to " + MAX_BLOBS + " and " + MAX_PLAIN_BYTES);
        }
        boolean fits = compression == Compression.RAW
                ? payloadLength == plainLength
                : payloadLength >= 1 && payloadLength < plainLength;
        if (!fits) {
            throw new IllegalArgumentException(
                    compression + " frame of " + plainLength + " bytes has a payload of " + payloadLength + " bytes");
        }
    }

    byte[] bytes() {
        return ByteBuffer.allocate(PLAIN_BYTES)
                .put((byte) VERSION)
                .put((byte) compression.code)
                .putShort((short) 0)
                .putInt(0)
                .putInt(plainLength)
                .putInt(payloadLength)
                .putInt(blobs)
                .array();
    }

    /** Reads an authenticated header. Even so its limits are checked: a writer may have been wrong. */
    static FrameHeader parse(byte[] plain) throws SealBrokenException {
        ByteBuffer in = ByteBuffer.wrap(plain);
        int version = in.get() & 0xff;
        int code = in.get() & 0xff;
        int reserved = in.getShort();
        int dictionary = in.getInt();
        if (version != VERSION || code >= Compression.values().length || reserved != 0 || dictionary != 0) {
            throw new SealBrokenException("frame of version " + version + ", compression " + code + " and dictionary "
                    + Integer.toUnsignedString(dictionary) + " is not known");
        }
        try {
            return new FrameHeader(Compression.values()[code], in.getInt(), in.getInt(), in.getInt());
        } catch (IllegalArgumentException outside) {
            throw new SealBrokenException(String.valueOf(outside.getMessage()));
        }
    }
}
