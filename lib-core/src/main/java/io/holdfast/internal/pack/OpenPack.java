// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.internal.digest.Sha256;
import java.util.ArrayList;
import java.util.List;

/** A pack that is being filled; used by one thread at a time. */
final class OpenPack {
    private static final int MAX_DIRECTORY_BYTES = 4 << 20;

    private final PackBuffer buffer;
    private final List<FrameEntry> frames = new ArrayList<>();
    private final List<AnnexEntry> annexes = new ArrayList<>();
    private int directoryBytes = PackDirectoryCodec.emptyBytes();

    OpenPack(PackBuffer.Segments segments) {
        this.buffer = new PackBuffer(segments);
        buffer.write(PackFormat.magic(), 0, PackFormat.MAGIC_BYTES);
    }

    boolean isEmpty() {
        return frames.isEmpty() && annexes.isEmpty();
    }

    /** The length that it has with its directory and footer. */
    long storedBytes() {
        return buffer.length() + directoryBytes + PackFormat.FOOTER_BYTES;
    }

    /** Whether a frame fits; into an empty pack any does. */
    boolean fits(SealedFrame frame, int target) {
        int entry = PackDirectoryCodec.frameBytes(frame.lengths().length);
        return isEmpty()
                || storedBytes() + frame.length() + entry <= target && directoryBytes + entry <= MAX_DIRECTORY_BYTES;
    }

    boolean fits(Annex annex, int target) {
        int entry = PackDirectoryCodec.annexBytes(annex.kind());
        return isEmpty()
                || storedBytes() + annex.bytes().length + entry <= target && annexes.size() < PackFormat.MAX_ANNEXES;
    }

    boolean fits(OpenPack other, int target) {
        return storedBytes() + other.storedBytes() <= target
                && directoryBytes + other.directoryBytes <= MAX_DIRECTORY_BYTES;
    }

    void append(SealedFrame frame) {
        if (!annexes.isEmpty()) {
            throw new IllegalStateException("a frame after an annex");
        }
        frames.add(frame.entryAt(buffer.length()));
        directoryBytes += PackDirectoryCodec.frameBytes(frame.lengths().length);
        buffer.write(frame.bytes(), 0, frame.length());
    }

    /** Takes over the frames of another pack, which is empty and gone afterwards. */
    void append(OpenPack other) {
        long shift = buffer.length() - PackFormat.MAGIC_BYTES;
        for (FrameEntry each : other.frames) {
            frames.add(new FrameEntry(
                    each.kind(), each.start() + shift, each.storedLength(), each.salt(), each.ids(), each.lengths()));
            directoryBytes += PackDirectoryCodec.frameBytes(each.blobs());
        }
        buffer.append(other.buffer, PackFormat.MAGIC_BYTES);
        other.buffer.recycle();
    }

    /** Appends a run and returns where it begins. */
    long append(Annex annex) {
        long start = buffer.length();
        String kind = annex.kind();
        byte[] bytes = annex.bytes();
        byte[] sha256 = Sha256.start().digest(bytes);
        annexes.add(new AnnexEntry(kind, start, bytes.length, sha256));
        directoryBytes += PackDirectoryCodec.annexBytes(kind);
        buffer.write(bytes, 0, bytes.length);
        return start;
    }

    List<FrameEntry> frames() {
        return frames;
    }

    List<AnnexEntry> annexes() {
        return annexes;
    }

    PackBuffer buffer() {
        return buffer;
    }
}
