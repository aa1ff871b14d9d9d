// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.internal.format.RunRef;
import io.holdfast.internal.run.RunCursor;
import io.holdfast.internal.run.RunEntry;
import io.holdfast.internal.run.RunMerger;
import io.holdfast.internal.run.RunReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs over one another, of which the newest with a key wins; a tombstone hides what lies below. Immutable, for several threads.
 *
 * <p>Runs that a merge cut into segments lie beside one another: their ranges of keys are disjoint, and a lookup passes over those that it
 * does not fall into without reading anything.
 *
 * @param shelf reads the runs
 * @param runs newest first
 */
record RunStack(RunShelf shelf, List<RunRef> runs) {

    /** A walk over a stack up to this length may hold all of it; over a longer one it holds about this much. */
    private static final long SCANNED_WHOLE_BYTES = 12L << 20;

    private static final int LEAST_WINDOW_BYTES = 128 << 10;

    RunStack {
        runs = List.copyOf(runs);
    }

    /** The newest entry of a key, which may be a tombstone, or null. */
    @Nullable
    RunEntry newest(byte[] key) {
        RunRef next = null;
        for (RunRef ref : runs) {
            if (isInRange(ref, key)) {
                RunEntry found = next == null ? null : openToSeek(next).get(key).orElse(null);
                if (found != null) {
                    return found;
                }
                next = ref;
            }
        }
        // A key that no other run has is most likely in the last.
        return next == null ? null : openToSeek(next).getExpected(key).orElse(null);
    }

    /** The live entry of a key, or null. */
    @Nullable
    RunEntry live(byte[] key) {
        RunEntry found = newest(key);
        return found == null || found.tombstone() ? null : found;
    }

    /** The value of the live entry of a key, or null. */
    byte @Nullable [] value(byte[] key) {
        RunEntry found = live(key);
        return found == null ? null : found.value();
    }

    /** Short stacks are held whole sooner or later; of a long one, a lookup reads the blocks that it needs. */
    private RunReader openToSeek(RunRef ref) {
        return isHeldWhole() ? shelf.open(ref) : shelf.openToSeek(ref);
    }

    private boolean isHeldWhole() {
        long bytes = 0;
        for (RunRef ref : runs) {
            bytes += ref.length();
        }
        return bytes <= SCANNED_WHOLE_BYTES;
    }

    private static boolean isInRange(RunRef ref, byte[] key) {
        return ref.entries() > 0
                && Arrays.compareUnsigned(key, ref.firstKey()) >= 0
                && Arrays.compareUnsigned(key, ref.lastKey()) <= 0;
    }

    /** Cursors over all runs from a key on, newest first. */
    List<RunCursor> cursors(byte @Nullable [] from) {
        List<RunCursor> cursors = new ArrayList<>();
        boolean heldWhole = isHeldWhole();
        int window = Math.max(LEAST_WINDOW_BYTES, (int) (SCANNED_WHOLE_BYTES / Math.max(1, runs.size())));
        for (RunRef ref : runs) {
            boolean skip = ref.entries() == 0 || from != null && Arrays.compareUnsigned(ref.lastKey(), from) < 0;
            if (!skip) {
                RunReader reader = heldWhole ? shelf.open(ref) : shelf.openToScan(ref, window);
                cursors.add(from == null ? reader.scan() : reader.scanFrom(from));
            }
        }
        return cursors;
    }

    /** The live entries at the front, from a key to about another: runs that begin behind that one are not opened. */
    RunCursor front(byte[] from, byte[] end) {
        List<RunCursor> cursors = new ArrayList<>();
        for (RunRef ref : runs) {
            if (ref.entries() > 0 && Arrays.compareUnsigned(ref.firstKey(), end) < 0) {
                cursors.add(openToSeek(ref).scanFrom(from));
            }
        }
        return RunMerger.shadowing(cursors, true);
    }

    /** The live entries from a key on. */
    RunCursor live(byte @Nullable [] from, List<RunCursor> above) {
        List<RunCursor> all = new ArrayList<>(above);
        all.addAll(cursors(from));
        return RunMerger.shadowing(all, true);
    }

    RunStack with(RunRef newest) {
        List<RunRef> more = new ArrayList<>();
        more.add(newest);
        more.addAll(runs);
        return new RunStack(shelf, more);
    }

    /** The runs by level: segments of one merge, which lie beside one another, are one level. Newest first. */
    List<List<RunRef>> levels() {
        List<List<RunRef>> levels = new ArrayList<>();
        for (RunRef ref : runs) {
            List<RunRef> last = levels.isEmpty() ? List.of() : levels.get(levels.size() - 1);
            boolean beside = !last.isEmpty()
                    && ref.standsAlone()
                    && last.get(last.size() - 1).standsAlone()
                    && Arrays.compareUnsigned(
                                    ref.firstKey(), last.get(last.size() - 1).lastKey())
                            > 0;
            if (beside) {
                last.add(ref);
            } else {
                levels.add(new ArrayList<>(List.of(ref)));
            }
        }
        return levels;
    }
}
