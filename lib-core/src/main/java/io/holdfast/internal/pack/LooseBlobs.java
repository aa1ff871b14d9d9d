// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.internal.format.PackRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the blobs of packs lie that no index run names yet, by their directories: about 50 bytes of heap for each blob.
 *
 * <p>Safe for use by several threads. An open-addressed table of (frame, place in the frame); ids are compared in the directories' arrays.
 */
final class LooseBlobs {
    private static final int FIRST_SLOTS = 64;

    private final List<Frame> frames = new ArrayList<>();
    private int[] frameOf = new int[FIRST_SLOTS];
    private int[] blobOf = new int[FIRST_SLOTS];
    private int used;

    /** A frame and its pack. */
    private record Frame(PackRef pack, FrameEntry entry) {}

    LooseBlobs() {
        Arrays.fill(frameOf, -1);
    }

    synchronized void add(PackRef pack, PackDirectory directory) {
        for (FrameEntry entry : directory.frames()) {
            frames.add(new Frame(pack, entry));
            for (int i = 0; i < entry.blobs(); i++) {
                if ((used + 1) * 4L > frameOf.length * 3L) {
                    grow();
                }
                put(frames.size() - 1, i);
                used++;
            }
        }
    }

    synchronized long size() {
        return used;
    }

    /** All copies of a blob. */
    synchronized List<BlobLocation> find(byte[] id) {
        List<BlobLocation> found = List.of();
        for (int slot = home(id, 0); frameOf[slot] >= 0; slot = next(slot)) {
            Frame frame = frames.get(frameOf[slot]);
            int blob = blobOf[slot];
            if (isAt(frame.entry(), blob, id)) {
                found = found.isEmpty() ? new ArrayList<>(1) : found;
                found.add(location(frame, blob));
            }
        }
        return found;
    }

    private static BlobLocation location(Frame frame, int blob) {
        FrameEntry entry = frame.entry();
        int offset = 0;
        for (int i = 0; i < blob; i++) {
            offset += entry.lengths()[i];
        }
        return new BlobLocation(frame.pack(), entry.start(), entry.storedLength(), offset, entry.lengths()[blob]);
    }

    private static boolean isAt(FrameEntry entry, int blob, byte[] id) {
        int at = blob * PackFormat.ID_BYTES;
        return Arrays.equals(entry.ids(), at, at + PackFormat.ID_BYTES, id, 0, PackFormat.ID_BYTES);
    }

    private void grow() {
        int[] oldFrames = frameOf;
        int[] oldBlobs = blobOf;
        frameOf = new int[oldFrames.length * 2];
        blobOf = new int[oldFrames.length * 2];
        Arrays.fill(frameOf, -1);
        for (int i = 0; i < oldFrames.length; i++) {
            if (oldFrames[i] >= 0) {
                put(oldFrames[i], oldBlobs[i]);
            }
        }
    }

    private void put(int frame, int blob) {
        int slot = home(frames.get(frame).entry().ids(), blob * PackFormat.ID_BYTES);
        while (frameOf[slot] >= 0) {
            slot = next(slot);
        }
        frameOf[slot] = frame;
        blobOf[slot] = blob;
    }

    private int home(byte[] ids, int at) {
        return PackFormat.i32(ids, at) & (frameOf.length - 1);
    }

    private int next(int slot) {
        return slot + 1 & (frameOf.length - 1);
    }
}
