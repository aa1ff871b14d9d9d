// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.runtime.Randomness;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The packs that are being filled: several of content, one of metadata.
 *
 * <p>Safe for use by several threads. A frame of content goes to a pack chosen at random, so that the order of chunks in a pack does not tell which
 * stream they are from; if another thread is writing to that pack just now, to the next one.
 */
final class OpenPacks {
    private final BlobScope scope;
    private final int epoch;
    private final BlobWriterSettings settings;
    private final Randomness randomness;
    private final PackUploads uploads;
    private final PackBuffer.Segments segments;
    private final Slot[] content;
    private final Slot meta;

    OpenPacks(BlobScope scope, BlobWriterSettings settings, Randomness randomness, PackUploads uploads) {
        this.scope = scope;
        this.epoch = scope.newestEpoch();
        this.settings = settings;
        this.randomness = randomness;
        this.uploads = uploads;
        int mebibytes = (settings.openContentPacks() * settings.contentPackBytes() + settings.metaPackBytes()) >>> 20;
        this.segments = new PackBuffer.Segments(Math.max(1, mebibytes));
        this.content = new Slot[settings.openContentPacks()];
        for (int i = 0; i < content.length; i++) {
            content[i] = new Slot(false, settings.contentPackBytes());
        }
        this.meta = new Slot(true, settings.metaPackBytes());
    }

    /** The most bytes that packs have held in memory at once, in steps of a segment. */
    long mostBytesHeld() {
        return (long) segments.mostInUse() * PackBuffer.SEGMENT_BYTES;
    }

    int epoch() {
        return epoch;
    }

    /** Appends a frame; puts the pack that had no room for it. */
    void append(SealedFrame frame) {
        Slot slot = frame.kind() == FrameKind.METADATA ? locked(meta) : lockedContentSlot();
        OpenPack full = null;
        try {
            full = slot.append(frame);
        } finally {
            slot.lock.unlock();
        }
        if (full != null) {
            finish(full, slot.meta);
        }
    }

    private static Slot locked(Slot slot) {
        slot.lock.lock();
        return slot;
    }

    private Slot lockedContentSlot() {
        if (content.length == 1) {
            return locked(content[0]);
        }
        int chosen = Math.floorMod(randomness.bytes(1)[0], content.length);
        for (int i = 0; i < content.length; i++) {
            Slot slot = content[(chosen + i) % content.length];
            if (slot.lock.tryLock()) {
                return slot;
            }
        }
        return locked(content[chosen]);
    }

    /** Finishes a pack, starts its upload and returns its name; a reservation must be held. */
    private String finish(OpenPack pack, boolean asMeta) {
        FinishedPack finished;
        try {
            finished = FinishedPack.of(pack, asMeta, scope, epoch);
        } catch (RuntimeException | Error failed) {
            uploads.release();
            throw failed;
        }
        uploads.submit(finished);
        return finished.ref().objectName();
    }

    /**
     * Puts all open packs, and the annexes with them: everything as one pack of metadata if that is not over its target; else content apart,
     * and annexes after the metadata. Nothing may be appended meanwhile.
     */
    List<AnnexPlace> close(List<Annex> annexes) {
        List<OpenPack> contents = joined(settings.contentPackBytes());
        OpenPack last = meta.take();
        if (contents.size() == 1
                && (!last.isEmpty() || !annexes.isEmpty())
                && fitsAll(contents.get(0), last, annexes)) {
            last.append(contents.remove(0));
        }
        for (OpenPack pack : contents) {
            uploads.reserve();
            finish(pack, false);
        }
        return closeMeta(last, annexes);
    }

    private boolean fitsAll(OpenPack contentPack, OpenPack metaPack, List<Annex> annexes) {
        long sum = contentPack.storedBytes() + metaPack.storedBytes();
        for (Annex annex : annexes) {
            sum += annex.bytes().length + PackDirectoryCodec.annexBytes(annex.kind());
        }
        return sum <= settings.metaPackBytes() && metaPack.fits(contentPack, settings.metaPackBytes());
    }

    /** The open packs of content, the later joined to the earlier where both are not over the target. */
    private List<OpenPack> joined(int target) {
        List<OpenPack> packs = new ArrayList<>();
        for (Slot slot : content) {
            OpenPack pack = slot.take();
            if (pack.isEmpty()) {
                pack.buffer().recycle();
                continue;
            }
            OpenPack previous = packs.isEmpty() ? pack : packs.get(packs.size() - 1);
            if (previous != pack && previous.fits(pack, target)) {
                previous.append(pack);
            } else {
                packs.add(pack);
            }
        }
        return packs;
    }

    private List<AnnexPlace> closeMeta(OpenPack first, List<Annex> annexes) {
        OpenPack pack = first;
        List<AnnexPlace> places = new ArrayList<>();
        List<Long> starts = new ArrayList<>();
        for (Annex annex : annexes) {
            if (!pack.fits(annex, settings.metaPackBytes())) {
                places.addAll(finishMeta(pack, starts));
                starts.clear();
                pack = new OpenPack(segments);
            }
            starts.add(pack.append(annex));
        }
        if (pack.isEmpty()) {
            pack.buffer().recycle();
        } else {
            places.addAll(finishMeta(pack, starts));
        }
        return places;
    }

    private List<AnnexPlace> finishMeta(OpenPack pack, List<Long> starts) {
        uploads.reserve();
        String object = finish(pack, true);
        return starts.stream().map(start -> new AnnexPlace(object, start)).toList();
    }

    /** Where an annex stands. */
    record AnnexPlace(String object, long start) {}

    /** One open pack and its lock. */
    private final class Slot {
        private final ReentrantLock lock = new ReentrantLock();
        private final boolean meta;
        private final int target;
        private OpenPack pack;

        Slot(boolean meta, int target) {
            this.meta = meta;
            this.target = target;
            this.pack = new OpenPack(segments);
        }

        /**
         * Appends a frame and returns the pack that had no room for it, under a reservation. Waiting for one keeps this slot locked, which is what bounds
         * the packs in memory.
         */
        @Nullable
        OpenPack append(SealedFrame frame) {
            OpenPack full = null;
            if (!pack.fits(frame, target)) {
                uploads.reserve();
                full = pack;
                pack = new OpenPack(segments);
            }
            pack.append(frame);
            return full;
        }

        OpenPack take() {
            lock.lock();
            try {
                OpenPack taken = pack;
                pack = new OpenPack(segments);
                return taken;
            } finally {
                lock.unlock();
            }
        }
    }
}
