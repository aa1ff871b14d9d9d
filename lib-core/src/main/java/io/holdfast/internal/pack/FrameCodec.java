// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.holdfast.crypto.SealBrokenException;
import io.holdfast.crypto.Slice;
import io.holdfast.internal.seal.FrameHeader;
import io.holdfast.internal.seal.FrameHeader.Compression;
import io.holdfast.internal.seal.FrameSealer;
import io.holdfast.internal.seal.OpenedFrame;

/** Compresses and seals blobs as frames, and opens them again. Safe for use by several threads. */
final class FrameCodec {
    private final BlobScope scope;

    FrameCodec(BlobScope scope) {
        this.scope = scope;
    }

    /** Seals a frame of several blobs. The result lies in the workspace and is valid until that is given back. */
    SealedFrame seal(PlainFrame frame, int epoch, FrameWorkspace workspace) {
        Slice plain = new Slice(frame.plain(), 0, frame.length());
        return seal(frame.kind(), epoch, plain, new Blobs(frame.ids(), frame.lengths()), workspace);
    }

    /** Seals a frame of one blob. */
    SealedFrame seal(FrameKind kind, int epoch, byte[] id, Slice blob, FrameWorkspace workspace) {
        return seal(kind, epoch, blob, new Blobs(id.clone(), new int[] {blob.length()}), workspace);
    }

    private SealedFrame seal(FrameKind kind, int epoch, Slice plain, Blobs blobs, FrameWorkspace workspace) {
        FrameSealer sealer = scope.frames(kind, epoch);
        int compressed = workspace.compress(plain.bytes(), plain.offset(), plain.length());
        boolean raw = compressed < 0;
        Slice payload = raw ? plain : new Slice(workspace.compressed(), 0, compressed);
        FrameHeader header = new FrameHeader(
                raw ? Compression.RAW : Compression.ZSTD, plain.length(), payload.length(), blobs.lengths().length);
        byte[] salt = sealer.newSalt(Slice.of(blobs.ids()));
        byte[] out = workspace.sealed(sealer.frameLength(payload.length()));
        int written = sealer.seal(header, salt, payload, out, 0);
        return new SealedFrame(kind, out, written, salt, blobs.ids(), blobs.lengths());
    }

    /**
     * Opens a frame and gives its plaintext.
     *
     * @param entry what the directory says of it
     * @param epoch the epoch of its pack
     * @param stored its stored bytes
     * @return as many bytes as the directory says
     * @throws SealBrokenException if it is not that frame
     */
    byte[] open(FrameEntry entry, long epoch, Slice stored) throws SealBrokenException {
        if (epoch < 1 || epoch > Integer.MAX_VALUE) {
            throw new SealBrokenException("epoch " + epoch + " cannot be");
        }
        OpenedFrame opened = scope.frames(entry.kind(), (int) epoch).open(entry.salt(), stored);
        FrameHeader header = opened.header();
        int plainLength = entry.plainLength();
        if (header.plainLength() != plainLength || header.blobs() != entry.blobs()) {
            throw new SealBrokenException("frame holds " + header.blobs() + " blobs of " + header.plainLength()
                    + " bytes; the directory says " + entry.blobs() + " of " + plainLength);
        }
        if (header.compression() == Compression.RAW) {
            return opened.payload();
        }
        return decompress(opened.payload(), plainLength);
    }

    private static byte[] decompress(byte[] payload, int plainLength) throws SealBrokenException {
        byte[] plain = new byte[plainLength];
        try {
            long written = Zstd.decompressByteArray(plain, 0, plainLength, payload, 0, payload.length);
            if (written != plainLength) {
                throw new SealBrokenException("frame unpacks to " + written + " bytes instead of " + plainLength);
            }
        } catch (ZstdException refused) {
            throw new SealBrokenException("frame does not unpack: " + refused.getMessage());
        }
        return plain;
    }

    private record Blobs(byte[] ids, int[] lengths) {}
}
