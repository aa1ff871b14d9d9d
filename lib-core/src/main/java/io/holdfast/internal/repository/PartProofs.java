// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.error.HoldfastException;
import io.holdfast.internal.format.PackRef;
import io.holdfast.internal.format.SnapshotRecord;
import io.holdfast.internal.pack.BlobLocation;
import io.holdfast.internal.pack.BlobReader;
import io.holdfast.internal.pack.FrameWatch;
import io.holdfast.manifest.BlobRef;
import io.holdfast.manifest.PartEntry;
import io.holdfast.runtime.HoldfastRuntime;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Proves that parts, as they are put together, have the hashes that the manifest keeps of them. One thread names the parts that are wanted; then the
 * packs may be looked into by several.
 *
 * <p>A part of one blob is proven when the frame with its blob comes by, at no cost but a hash: until then, 64 bits of it are held. Any other part is
 * read as a restore reads it, a window of parts at a time in the order of their packs; frames that hold one blob alone are not opened again
 * afterwards. What was not proven is in doubt, and is read once more by whoever names it. Memory is bounded: what no longer fits is read like a part
 * of several blobs, and opened frames that no longer fit are opened again.
 */
final class PartProofs implements FrameWatch {
    private static final int WINDOW_BYTES = 16 << 20;
    private static final int PART_BYTES = 256;
    private static final int BLOB_BYTES = 64;
    /** Three sets of so many take less than 100 MiB. */
    static final int MOST_HASHES = 2_000_000;

    private static final Comparator<BlobLocation> BY_PLACE = Comparator.comparing(
                    (BlobLocation place) -> place.pack().objectName())
            .thenComparingLong(BlobLocation::frameStart)
            .thenComparingInt(BlobLocation::offset);

    private final HoldfastRuntime runtime;
    private final BlobSearch search;
    private final Optional<Predicate<PackRef>> sample;
    private final int most;
    private final SipHash hash;
    private final LongSet expected = new LongSet();
    private final LongSet met = new LongSet();
    private final LongSet doubtful = new LongSet();
    private final LongSet provenFrames = new LongSet();
    private final Map<String, BlobReader> readers = new HashMap<>();
    private final List<Wanted> window = new ArrayList<>();
    private long windowBytes;

    /**
     * Proofs for one verification.
     *
     * @param runtime lends workers and randomness
     * @param search finds and reads blobs
     * @param sample the packs of which the parts are proven that begin there; empty if none are
     * @param most how many hashes are held
     */
    PartProofs(HoldfastRuntime runtime, BlobSearch search, Optional<Predicate<PackRef>> sample, int most) {
        this.runtime = runtime;
        this.search = search;
        this.sample = sample;
        this.most = most;
        ByteBuffer key = ByteBuffer.wrap(runtime.randomness().bytes(2 * Long.BYTES));
        this.hash = new SipHash(key.getLong(), key.getLong());
    }

    /** A part that is to be read. */
    private record Wanted(BlobReader reader, PartEntry part, Optional<BlobLocation> place) {}

    /** Wants a part proven, unless its first blob is outside the sample or nowhere. */
    void want(SnapshotRecord record, PartEntry part) {
        if (sample.isEmpty()) {
            return;
        }
        Optional<BlobLocation> place = Optional.empty();
        if (!part.blobs().isEmpty()) {
            place = search.copies(record, part.blobs().get(0)).stream().findFirst();
            if (place.filter(first -> sample.get().test(first.pack())).isEmpty()) {
                return;
            }
        }
        boolean whole = part.blobs().size() == 1 && part.recipe().isEmpty();
        if (whole && expected.size() < most) {
            expected.add(hashOf(part));
            return;
        }
        window.add(new Wanted(reader(record), part, place));
        windowBytes += PART_BYTES
                + (long) BLOB_BYTES * part.blobs().size()
                + part.recipe().map(recipe -> recipe.length).orElse(0);
        if (windowBytes >= WINDOW_BYTES) {
            readWindow();
        }
    }

    /** Reads what of the wanted parts is to be read; to be called after the last was named, before packs are looked into. */
    void readWindow() {
        window.sort(Comparator.comparing(wanted -> wanted.place().orElse(null), Comparator.nullsFirst(BY_PLACE)));
        new SharedWork(runtime).forEach(window.iterator(), wanted -> {
            if (!isSound(wanted.reader(), wanted.part())) {
                synchronized (doubtful) {
                    doubtful.add(hashOf(wanted.part()));
                }
            }
        });
        window.clear();
        windowBytes = 0;
    }

    private BlobReader reader(SnapshotRecord record) {
        // The search learns the record's packs even if a reader of its tenant is there.
        BlobReader fresh = search.reader(record, this::proven);
        return readers.computeIfAbsent(record.tenant(), tenant -> fresh);
    }

    private void proven(BlobLocation whole) {
        synchronized (provenFrames) {
            if (provenFrames.size() < most) {
                provenFrames.add(hashOf(whole.pack(), whole.frameStart()));
            }
        }
    }

    @Override
    public boolean isProven(PackRef pack, long start) {
        synchronized (provenFrames) {
            return provenFrames.contains(hashOf(pack, start));
        }
    }

    @Override
    public void blob(byte[] id, byte[] sha256) {
        long part = hashOf(id, sha256);
        if (expected.contains(part)) {
            synchronized (met) {
                met.add(part);
            }
        }
    }

    /** Whether anything is in doubt; to be asked after the packs were looked into. */
    boolean isAnyInDoubt() {
        return doubtful.size() > 0 || met.size() < expected.size();
    }

    /** Whether a wanted part was not proven. */
    boolean isInDoubt(PartEntry part) {
        long own = hashOf(part);
        return doubtful.contains(own) || expected.contains(own) && !met.contains(own);
    }

    /**
     * Reads a part as a restore would.
     *
     * @throws io.holdfast.error.RepositoryException if it is not what was backed up
     */
    void prove(SnapshotRecord record, PartEntry part) {
        PartStreams.prove(reader(record), part);
    }

    private static boolean isSound(BlobReader reader, PartEntry part) {
        try {
            PartStreams.prove(reader, part);
            return true;
        } catch (HoldfastException trouble) {
            if (!Findings.isDamage(trouble)) {
                throw trouble;
            }
            return false;
        }
    }

    private long hashOf(PartEntry part) {
        if (part.blobs().size() == 1 && part.recipe().isEmpty()) {
            return hashOf(part.blobs().get(0).id(), part.rawHash());
        }
        byte[] recipe = part.recipe().orElse(new byte[0]);
        int ids = part.blobs().stream().mapToInt(blob -> blob.id().length).sum();
        ByteBuffer all = ByteBuffer.allocate(Long.BYTES + ids + part.rawHash().length + recipe.length);
        all.putLong(part.size());
        for (BlobRef blob : part.blobs()) {
            all.put(blob.id());
        }
        return hash.of(all.put(part.rawHash()).put(recipe).array());
    }

    private long hashOf(byte[] id, byte[] sha256) {
        return hash.of(ByteBuffer.allocate(id.length + sha256.length)
                .put(id)
                .put(sha256)
                .array());
    }

    private long hashOf(PackRef pack, long start) {
        return hash.of(ByteBuffer.allocate(pack.id().length + Long.BYTES)
                .put(pack.id())
                .putLong(start)
                .array());
    }
}
