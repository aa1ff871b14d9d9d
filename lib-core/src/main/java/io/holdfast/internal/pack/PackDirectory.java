// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a pack says of itself: its frames and the runs at its end (FORMAT.md, Packs). Frames stand back to back after the pack's magic,
 * annexes after them, the directory after these.
 *
 * @param meta whether the pack is named {@code meta/} or {@code data/}
 * @param scope the keyed name of its dedup scope: 32 hexadecimal digits
 * @param epoch the epoch of the data key that its frames are sealed under
 * @param frames its frames, in order
 * @param annexes the runs after them, in order
 */
public record PackDirectory(boolean meta, String scope, long epoch, List<FrameEntry> frames, List<AnnexEntry> annexes) {

    /** Copies the lists and checks for null. */
    public PackDirectory {
        Objects.requireNonNull(scope, "scope");
        if (epoch < 0 || epoch > 0xffff_ffffL) {
            throw new IllegalArgumentException("epoch " + epoch + " is not in 0.." + 0xffff_ffffL);
        }
        frames = List.copyOf(frames);
        annexes = List.copyOf(annexes);
    }

    /**
     * The frame that begins at an offset.
     *
     * @param start the offset
     * @return the frame, or empty if none begins there
     */
    public Optional<FrameEntry> frameAt(long start) {
        int low = 0;
        int high = frames.size() - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            long there = frames.get(middle).start();
            if (there == start) {
                return Optional.of(frames.get(middle));
            }
            if (there < start) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Optional.empty();
    }

    /**
     * How many blobs the frames hold.
     *
     * @return the sum over all frames
     */
    public long blobs() {
        return frames.stream().mapToLong(FrameEntry::blobs).sum();
    }

    /**
     * Where the frames and annexes end, which is where the sealed directory begins.
     *
     * @return the offset in bytes
     */
    long end() {
        if (!annexes.isEmpty()) {
            AnnexEntry last = annexes.get(annexes.size() - 1);
            return last.start() + last.length();
        }
        return frames.isEmpty()
                ? PackFormat.MAGIC_BYTES
                : frames.get(frames.size() - 1).end();
    }

    /** Roughly what it takes on the heap. */
    int heapBytes() {
        long bytes = 200 + 200L * annexes.size() + 140L * frames.size() + 24 * blobs();
        return (int) Math.min(Integer.MAX_VALUE, bytes);
    }
}
