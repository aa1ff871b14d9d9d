// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The plain bytes of a pack's directory (FORMAT.md, Packs, Directory).
 *
 * <p>Offsets do not stand in it: frames and annexes lie back to back, so lengths say where each begins, and no two can overlap.
 */
final class PackDirectoryCodec {
    private static final int DATA = 1;
    private static final int META = 2;
    private static final int FRAME_FIXED_BYTES = 1 + 3 + PackFormat.SALT_BYTES + 3;
    private static final int BLOB_BYTES = PackFormat.ID_BYTES + 3;
    private static final int ANNEX_FIXED_BYTES = 1 + 4 + PackFormat.HASH_BYTES;
    private static final int FIXED_BYTES = 1 + 1 + PackFormat.SCOPE_BYTES + 4 + 4 + 2;

    private PackDirectoryCodec() {}

    /** The encoded length of a directory without frames and annexes. */
    static int emptyBytes() {
        return FIXED_BYTES;
    }

    static int frameBytes(int blobs) {
        return FRAME_FIXED_BYTES + blobs * BLOB_BYTES;
    }

    static int annexBytes(String kind) {
        return ANNEX_FIXED_BYTES + kind.length();
    }

    static byte[] encode(PackDirectory directory) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(
                FIXED_BYTES + directory.frames().size() * FRAME_FIXED_BYTES + (int) directory.blobs() * BLOB_BYTES);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(PackFormat.VERSION);
            out.writeByte(directory.meta() ? META : DATA);
            out.write(HexFormat.of().parseHex(directory.scope()));
            out.writeInt((int) directory.epoch());
            out.writeInt(directory.frames().size());
            for (FrameEntry frame : directory.frames()) {
                encode(frame, out);
            }
            out.writeShort(directory.annexes().size());
            for (AnnexEntry annex : directory.annexes()) {
                out.writeByte(annex.kind().length());
                out.write(annex.kind().getBytes(StandardCharsets.US_ASCII));
                out.writeInt((int) annex.length());
                out.write(annex.sha256());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void encode(FrameEntry frame, DataOutputStream out) throws IOException {
        byte[] three = new byte[3];
        out.writeByte(frame.kind().code());
        PackFormat.put24(three, 0, frame.storedLength());
        out.write(three);
        out.write(frame.salt());
        PackFormat.put24(three, 0, frame.blobs());
        out.write(three);
        for (int i = 0; i < frame.blobs(); i++) {
            out.write(frame.ids(), i * PackFormat.ID_BYTES, PackFormat.ID_BYTES);
            PackFormat.put24(three, 0, frame.lengths()[i]);
            out.write(three);
        }
    }

    /** Decodes what was authenticated; still every count is held against the bytes that are there before anything is allocated. */
    static PackDirectory decode(String pack, byte[] plain) {
        ByteBuffer in = ByteBuffer.wrap(plain);
        try {
            return decode(pack, in);
        } catch (BufferUnderflowException cut) {
            throw PackFormat.damaged(pack, "its directory ends early", cut);
        } catch (IllegalArgumentException refused) {
            throw PackFormat.damaged(pack, "its directory is not valid: " + refused.getMessage(), refused);
        }
    }

    private static PackDirectory decode(String pack, ByteBuffer in) {
        int version = in.get();
        if (version != PackFormat.VERSION) {
            throw PackFormat.limit(pack, "directory of version " + version);
        }
        int kind = in.get();
        if (kind != DATA && kind != META) {
            throw PackFormat.limit(pack, "kind " + kind);
        }
        byte[] scope = new byte[PackFormat.SCOPE_BYTES];
        in.get(scope);
        long epoch = in.getInt() & 0xffff_ffffL;
        int frameCount = count(pack, in.getInt(), FRAME_FIXED_BYTES, PackFormat.MAX_FRAMES, in);
        List<FrameEntry> frames = new ArrayList<>(frameCount);
        long at = PackFormat.MAGIC_BYTES;
        for (int i = 0; i < frameCount; i++) {
            FrameEntry frame = decodeFrame(pack, at, in);
            frames.add(frame);
            at = frame.end();
        }
        int annexCount = count(pack, in.getShort() & 0xffff, ANNEX_FIXED_BYTES, PackFormat.MAX_ANNEXES, in);
        List<AnnexEntry> annexes = new ArrayList<>(annexCount);
        for (int i = 0; i < annexCount; i++) {
            AnnexEntry annex = decodeAnnex(at, in);
            annexes.add(annex);
            at += annex.length();
        }
        if (in.hasRemaining() || at > PackFormat.MAX_PACK_BYTES) {
            throw PackFormat.damaged(pack, "its directory has " + in.remaining() + " bytes too many");
        }
        return new PackDirectory(kind == META, HexFormat.of().formatHex(scope), epoch, frames, annexes);
    }

    private static FrameEntry decodeFrame(String pack, long start, ByteBuffer in) {
        int code = in.get();
        FrameKind kind =
                FrameKind.of(code).orElseThrow(() -> PackFormat.limit(pack, "frame of the unknown kind " + code));
        int storedLength = three(in);
        byte[] salt = new byte[PackFormat.SALT_BYTES];
        in.get(salt);
        int blobs = count(pack, three(in), BLOB_BYTES, PackFormat.MAX_FRAME_BLOBS, in);
        byte[] ids = new byte[blobs * PackFormat.ID_BYTES];
        int[] lengths = new int[blobs];
        long plain = 0;
        for (int i = 0; i < blobs; i++) {
            in.get(ids, i * PackFormat.ID_BYTES, PackFormat.ID_BYTES);
            lengths[i] = three(in);
            plain += lengths[i];
            if (lengths[i] == 0 || plain > PackFormat.MAX_BLOB_BYTES) {
                throw PackFormat.limit(pack, "frame at " + start + " with a blob of " + lengths[i] + " bytes");
            }
        }
        return new FrameEntry(kind, start, storedLength, salt, ids, lengths);
    }

    private static AnnexEntry decodeAnnex(long start, ByteBuffer in) {
        byte[] kind = new byte[in.get() & 0xff];
        in.get(kind);
        long length = in.getInt() & 0xffff_ffffL;
        byte[] sha256 = new byte[PackFormat.HASH_BYTES];
        in.get(sha256);
        return new AnnexEntry(new String(kind, StandardCharsets.US_ASCII), start, length, sha256);
    }

    private static int count(String pack, int count, int bytesEach, int highest, ByteBuffer in) {
        if (count < 0 || count > highest || (long) count * bytesEach > in.remaining()) {
            throw PackFormat.limit(pack, "a count of " + count + " with " + in.remaining() + " bytes left");
        }
        return count;
    }

    private static int three(ByteBuffer in) {
        return (in.get() & 0xff) << 16 | (in.get() & 0xff) << 8 | in.get() & 0xff;
    }
}
