// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

/**
 * How a {@link BlobWriter} compresses and how much it holds.
 *
 * @param compressionLevel the zstd level, 1 to 6
 * @param contentPackBytes the length at which a pack of content is full, 64 KiB to 512 MiB
 * @param metaPackBytes the length at which a pack of metadata is full, 64 KiB to 512 MiB
 * @param openContentPacks how many packs of content are open at once, 1 to 8; frames go to them in random order
 * @param uploadsInFlight how many full packs may be on their way to the store, 1 to 64
 * @param openLanes how many lanes may have a frame open; when there are more, the frame used least recently is cut
 * @param workspaces how many threads may compress at once; others wait
 */
public record BlobWriterSettings(
        int compressionLevel,
        int contentPackBytes,
        int metaPackBytes,
        int openContentPacks,
        int uploadsInFlight,
        int openLanes,
        int workspaces) {

    /** What the smallest writer that {@link #fitting} makes holds. */
    public static final long LEAST_BYTES = 5L * (256 << 10) + 5L * PlainFrame.CAPACITY + FrameWorkspace.KEPT_BYTES;

    private static final int SMALLEST_CONTENT_PACK = 256 << 10;
    private static final int FEWEST_LANES = 4;
    private static final int SMALLEST_PACK = 64 << 10;
    private static final int LARGEST_PACK = 512 << 20;

    /** Checks the ranges. */
    public BlobWriterSettings {
        check("compression level", compressionLevel, 1, 6);
        check("content pack bytes", contentPackBytes, SMALLEST_PACK, LARGEST_PACK);
        check("metadata pack bytes", metaPackBytes, SMALLEST_PACK, LARGEST_PACK);
        check("open content packs", openContentPacks, 1, 8);
        check("uploads in flight", uploadsInFlight, 1, 64);
        check("open lanes", openLanes, 1, 4096);
        check("workspaces", workspaces, 1, 1024);
    }

    /**
     * Level 3, packs of 32 MiB and 8 MiB, two of content open, two on their way.
     *
     * @param parallelism how many threads compress at once
     * @return the settings
     */
    public static BlobWriterSettings defaults(int parallelism) {
        return new BlobWriterSettings(3, 32 << 20, 8 << 20, 2, 2, 32, parallelism);
    }

    /**
     * The defaults, with packs of content halved until the writer holds at most half of a budget, but not below 256 KiB; below 2 MiB fewer lanes
     * are open and fewer threads compress as well, in the end four lanes and one thread.
     *
     * @param parallelism how many threads compress at once
     * @param budgetBytes the whole memory budget; half of it must be {@link #LEAST_BYTES} for the writer to fit
     * @return the settings
     */
    public static BlobWriterSettings fitting(int parallelism, long budgetBytes) {
        BlobWriterSettings settings = defaults(parallelism);
        while (settings.maximumBytes() > budgetBytes / 2 && settings.maximumBytes() > LEAST_BYTES) {
            settings = settings.halved();
        }
        return settings;
    }

    private BlobWriterSettings halved() {
        int content = Math.max(SMALLEST_CONTENT_PACK, contentPackBytes / 2);
        boolean small = content < 2 << 20;
        int lanes = small ? Math.max(FEWEST_LANES, openLanes / 2) : openLanes;
        int threads = small ? Math.max(1, workspaces / 2) : workspaces;
        return new BlobWriterSettings(compressionLevel, content, Math.min(content, 8 << 20), 2, 2, lanes, threads);
    }

    /**
     * The same with another zstd level.
     *
     * @param level 1 to 6
     * @return the settings
     */
    public BlobWriterSettings withCompressionLevel(int level) {
        return new BlobWriterSettings(
                level, contentPackBytes, metaPackBytes, openContentPacks, uploadsInFlight, openLanes, workspaces);
    }

    /**
     * The same with packs of other lengths.
     *
     * @param content the length at which a pack of content is full
     * @param meta the length at which a pack of metadata is full
     * @return the settings
     */
    public BlobWriterSettings withPackBytes(int content, int meta) {
        return new BlobWriterSettings(
                compressionLevel, content, meta, openContentPacks, uploadsInFlight, openLanes, workspaces);
    }

    /**
     * What a writer takes from the memory budget: open packs, packs on their way, open frames, and for each workspace a blob of
     * 4 MiB compressed and sealed. A larger blob takes more for as long as it is written. The set of ids written, at most 40 bytes for each, comes on
     * top.
     *
     * @return bytes
     */
    public long maximumBytes() {
        long packs = (long) openContentPacks * contentPackBytes
                + metaPackBytes
                + (long) uploadsInFlight * Math.max(contentPackBytes, metaPackBytes);
        return packs
                + (long) (openLanes + workspaces) * PlainFrame.CAPACITY
                + (long) workspaces * FrameWorkspace.KEPT_BYTES;
    }

    private static void check(String what, int value, int lowest, int highest) {
        if (value < lowest || value > highest) {
            throw new IllegalArgumentException(what + " must be " + lowest + " to " + highest + "; got " + value);
        }
    }
}
