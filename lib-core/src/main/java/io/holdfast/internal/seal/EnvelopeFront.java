// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.seal;

import io.holdfast.crypto.SealBrokenException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What anyone can read of an envelope without a key: its kind, its plain front and how long its body is.
 *
 * <p>Nothing of it is proven until the envelope is opened.
 *
 * @param kind what the object is
 * @param front the plain front
 * @param bodyLength the length of the body's plaintext in bytes
 */
@SuppressWarnings("ArrayRecordComponent") // bytes of a file format; compared by nobody
public record EnvelopeFront(EnvelopeKind kind, byte[] front, int bodyLength) {
    static final int MAGIC = 0x48464e56; // "HFNV"
    static final int VERSION = 1;
    static final int SALT_OFFSET = 8;
    static final int HEADER_BYTES = SALT_OFFSET + BlockSealers.SALT_BYTES + 2 * Integer.BYTES;
    static final int MAX_FRONT_BYTES = 64 << 20;
    static final int MAX_BODY_BYTES = 256 << 20;

    /**
     * Reads what is plain.
     *
     * @param envelope the whole object, or at least its header and front
     * @return what is plain
     * @throws SealBrokenException if this is not the beginning of an envelope, or a length is outside its limits
     */
    public static EnvelopeFront read(byte[] envelope) throws SealBrokenException {
        if (envelope.length < HEADER_BYTES) {
            throw new SealBrokenException(
                    "object of " + envelope.length + " bytes is shorter than an envelope's header of " + HEADER_BYTES);
        }
        ByteBuffer header = ByteBuffer.wrap(envelope);
        if (header.getInt() != MAGIC) {
            throw new SealBrokenException("object does not begin as an envelope");
        }
        int version = header.get() & 0xff;
        int code = header.get() & 0xff;
        int reserved = header.getShort();
        EnvelopeKind kind = EnvelopeKind.ofCode(code);
        if (version != VERSION || kind == null || reserved != 0) {
            throw new SealBrokenException("envelope of version " + version + " and kind " + code + " is not known");
        }
        header.position(SALT_OFFSET + BlockSealers.SALT_BYTES);
        int frontLength = limited("front", header.getInt(), MAX_FRONT_BYTES);
        int bodyLength = limited("body", header.getInt(), MAX_BODY_BYTES);
        if (frontLength > envelope.length - HEADER_BYTES) {
            throw new SealBrokenException(
                    "envelope of " + envelope.length + " bytes is shorter than its front of " + frontLength);
        }
        return new EnvelopeFront(
                kind, Arrays.copyOfRange(envelope, HEADER_BYTES, HEADER_BYTES + frontLength), bodyLength);
    }

    private static int limited(String what, int length, int limit) throws SealBrokenException {
        if (length < 0 || length > limit) {
            throw new SealBrokenException("envelope names a " + what + " of " + Integer.toUnsignedString(length)
                    + " bytes; allowed are " + limit);
        }
        return length;
    }
}
