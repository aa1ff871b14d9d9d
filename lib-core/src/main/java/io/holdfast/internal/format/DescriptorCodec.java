// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.format;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.RepositoryException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A descriptor as bytes: magic, format version, length, body, and a code over all before it (FORMAT.md, "Descriptors"). Stateless.
 */
public final class DescriptorCodec {
    /** The length of the code in bytes. */
    public static final int CODE_BYTES = 32;

    /** The most bytes that a descriptor may have. */
    public static final int MAX_BYTES = 64 << 10;

    private static final byte[] MAGIC = "HOLDFAST".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER_BYTES = MAGIC.length + 2 * Integer.BYTES;
    private static final List<Descriptor.CommitMode> MODES =
            List.of(Descriptor.CommitMode.CONDITIONAL, Descriptor.CommitMode.FORK);
    private static final int MAX_TEXT = 64;
    private static final int MAX_FEATURES = 64;

    private DescriptorCodec() {}

    /**
     * The part of a descriptor that its code is made over.
     *
     * @param descriptor the descriptor
     * @return header and body
     */
    public static byte[] encode(Descriptor descriptor) {
        byte[] body = CborWriter.write(9, w -> {
            w.field(1).number(descriptor.number());
            w.field(2).list(descriptor.features().stream().sorted().toList(), CborWriter::text);
            w.field(3).bytes(descriptor.repositoryId());
            w.field(4).text(descriptor.keyFingerprint());
            w.field(5).text(descriptor.suite());
            w.field(6).number(MODES.indexOf(descriptor.commitMode()));
            writeParameters(w.field(7), descriptor.parameters());
            w.field(8).bytes(descriptor.previous());
            w.field(9).time(descriptor.created());
        });
        return ByteBuffer.allocate(HEADER_BYTES + body.length)
                .put(MAGIC)
                .putInt(descriptor.formatVersion())
                .putInt(body.length)
                .put(body)
                .array();
    }

    /**
     * The whole object.
     *
     * @param signed what {@link #encode} gave
     * @param code 32 bytes
     * @return the descriptor's bytes
     */
    public static byte[] withCode(byte[] signed, byte[] code) {
        if (code.length != CODE_BYTES) {
            throw new IllegalArgumentException("code of " + code.length + " bytes; it has " + CODE_BYTES);
        }
        byte[] whole = Arrays.copyOf(signed, signed.length + CODE_BYTES);
        System.arraycopy(code, 0, whole, signed.length, CODE_BYTES);
        return whole;
    }

    /**
     * The part of a stored descriptor that its code is made over.
     *
     * @param stored the whole object, as {@link #decode} took it
     * @return header and body
     */
    public static byte[] signedPart(byte[] stored) {
        return Arrays.copyOf(stored, stored.length - CODE_BYTES);
    }

    /**
     * The code of a stored descriptor.
     *
     * @param stored the whole object, as {@link #decode} took it
     * @return 32 bytes
     */
    public static byte[] code(byte[] stored) {
        return Arrays.copyOfRange(stored, stored.length - CODE_BYTES, stored.length);
    }

    /**
     * Decodes a descriptor. Its code is not checked: that takes the key.
     *
     * @param object the object that it stands in, for messages
     * @param stored the whole object
     * @return the descriptor
     * @throws RepositoryException with {@code REPOSITORY_FEATURE_UNKNOWN} if it is of a later format, {@code REPOSITORY_DAMAGED} if it is
     *     none
     */
    public static Descriptor decode(String object, byte[] stored) {
        if (stored.length < HEADER_BYTES + CODE_BYTES
                || stored.length > MAX_BYTES
                || !Arrays.equals(stored, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw damaged(object, "is not a descriptor");
        }
        ByteBuffer header = ByteBuffer.wrap(stored, MAGIC.length, 2 * Integer.BYTES);
        int version = header.getInt();
        int length = header.getInt();
        if (version != Descriptor.FORMAT_VERSION) {
            throw new RepositoryException(
                    ErrorCode.REPOSITORY_FEATURE_UNKNOWN,
                    "object '" + object + "' is of format version " + Integer.toUnsignedString(version)
                            + "; this version knows " + Descriptor.FORMAT_VERSION,
                    "Use a version of Holdfast that knows this format");
        }
        if (length != stored.length - HEADER_BYTES - CODE_BYTES) {
            throw damaged(object, "is not as long as its header says");
        }
        return decodeBody(object, version, Arrays.copyOfRange(stored, HEADER_BYTES, HEADER_BYTES + length));
    }

    private static Descriptor decodeBody(String object, int version, byte[] body) {
        return CborReader.read(
                object,
                body,
                r -> new Descriptor(
                        r.field(1).number(1, Long.MAX_VALUE),
                        version,
                        r.field(2).list(MAX_FEATURES, feature -> feature.text(MAX_TEXT)),
                        r.field(3).bytes(Descriptor.ID_BYTES, Descriptor.ID_BYTES),
                        r.field(4).text(MAX_TEXT),
                        r.field(5).text(MAX_TEXT),
                        MODES.get((int) r.field(6).number(0, MODES.size() - 1)),
                        readParameters(r.field(7)),
                        r.field(8).bytes(0, Refs.HASH_BYTES),
                        r.field(9).time()));
    }

    private static void writeParameters(CborWriter out, Descriptor.Parameters parameters) {
        out.map(4, w -> {
            w.field(1).number(parameters.minChunk());
            w.field(2).number(parameters.averageChunk());
            w.field(3).number(parameters.maxChunk());
            w.field(4).number(parameters.zstdLevel());
        });
    }

    private static Descriptor.Parameters readParameters(CborReader in) {
        return in.map(r -> new Descriptor.Parameters(
                (int) r.field(1).number(1, Integer.MAX_VALUE),
                (int) r.field(2).number(1, Integer.MAX_VALUE),
                (int) r.field(3).number(1, Integer.MAX_VALUE),
                (int) r.field(4).number(1, Integer.MAX_VALUE)));
    }

    private static RepositoryException damaged(String object, String what) {
        return new RepositoryException(
                ErrorCode.REPOSITORY_DAMAGED,
                "object '" + object + "' " + what,
                "Run verify to learn what else is damaged");
    }
}
