// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.seal;

import io.holdfast.crypto.SealBrokenException;
import io.holdfast.crypto.Slice;
import io.holdfast.internal.digest.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Seals and opens the objects that are neither pack, run, key slot nor descriptor (FORMAT.md, "Envelopes").
 *
 * <p>Each envelope has a key of its own from 32 random bytes in its header, and is bound to the repository and to its name. Safe for
 * use by several threads.
 */
public final class EnvelopeSealer {
    private final RepositoryKeys keys;

    EnvelopeSealer(RepositoryKeys keys) {
        this.keys = keys;
    }

    /**
     * Makes an envelope. Two envelopes of the same content are never the same bytes.
     *
     * @param name its place
     * @param front what anyone may read, at most 64 MiB
     * @param body what only the key opens, at most 256 MiB
     * @return the whole object
     */
    public byte[] seal(EnvelopeName name, byte[] front, byte[] body) {
        if (front.length > EnvelopeFront.MAX_FRONT_BYTES || body.length > EnvelopeFront.MAX_BODY_BYTES) {
            throw new IllegalArgumentException("envelope with a front of " + front.length + " and a body of "
                    + body.length + " bytes; allowed are " + EnvelopeFront.MAX_FRONT_BYTES + " and "
                    + EnvelopeFront.MAX_BODY_BYTES);
        }
        int plainBytes = EnvelopeFront.HEADER_BYTES + front.length;
        long sealedBytes =
                SegmentSealer.sealedLength(body.length, keys.encryptor().tagBytes());
        byte[] envelope = new byte[Math.toIntExact(plainBytes + sealedBytes)];
        byte[] salt = keys.newSalt();
        ByteBuffer.wrap(envelope)
                .putInt(EnvelopeFront.MAGIC)
                .put((byte) EnvelopeFront.VERSION)
                .put((byte) name.kind().code())
                .putShort((short) 0)
                .put(salt)
                .putInt(front.length)
                .putInt(body.length)
                .put(front);
        byte[] key = key(name.kind(), salt);
        try {
            new SegmentSealer(keys.encryptor(), key, associatedData(name, envelope, plainBytes))
                    .seal(0, Slice.of(body), envelope, plainBytes);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
        return envelope;
    }

    /**
     * Opens an envelope.
     *
     * @param name the place where it was found
     * @param envelope the whole object
     * @return what it held
     * @throws SealBrokenException if it is not the envelope that was sealed for this place, whole and unaltered
     */
    public OpenedEnvelope open(EnvelopeName name, byte[] envelope) throws SealBrokenException {
        EnvelopeFront plain = EnvelopeFront.read(envelope);
        if (plain.kind() != name.kind()) {
            throw new SealBrokenException("envelope is a " + plain.kind().label() + " where a "
                    + name.kind().label() + " is expected");
        }
        int plainBytes = EnvelopeFront.HEADER_BYTES + plain.front().length;
        int sealedBytes = envelope.length - plainBytes;
        if (sealedBytes
                != SegmentSealer.sealedLength(
                        plain.bodyLength(), keys.encryptor().tagBytes())) {
            throw new SealBrokenException(
                    "envelope of " + envelope.length + " bytes is not as long as its header says");
        }
        byte[] salt = Arrays.copyOfRange(
                envelope, EnvelopeFront.SALT_OFFSET, EnvelopeFront.SALT_OFFSET + BlockSealers.SALT_BYTES);
        byte[] key = key(name.kind(), salt);
        try {
            byte[] body = new byte[plain.bodyLength()];
            new SegmentSealer(keys.encryptor(), key, associatedData(name, envelope, plainBytes))
                    .open(0, new Slice(envelope, plainBytes, sealedBytes), body, 0);
            return new OpenedEnvelope(plain.front(), body);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private byte[] key(EnvelopeKind kind, byte[] salt) {
        return keys.derive(salt, Label.of("envelope").with(kind.label()));
    }

    /** A hash of all that the body is bound to, because the front may be longer than associated data may be. */
    private byte[] associatedData(EnvelopeName name, byte[] envelope, int plainBytes) {
        byte[] place = Label.of("envelope seal")
                .with(keys.repositoryId())
                .with(name.kind().label())
                .with(name.lineage())
                .with(name.number())
                .bytes();
        MessageDigest sha256 = Sha256.start();
        sha256.update(place);
        sha256.update(envelope, 0, plainBytes);
        return sha256.digest();
    }
}
