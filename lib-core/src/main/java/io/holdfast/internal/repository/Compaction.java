// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.internal.format.RunRef;
import io.holdfast.internal.run.RunCursor;
import io.holdfast.internal.run.RunKind;
import io.holdfast.internal.run.RunMerger;
import io.holdfast.internal.seal.RepositoryKeys;
import java.util.ArrayList;
import java.util.List;

/**
 * Merges the newest levels of a stack of runs, so that a lookup asks few and old entries go away (FORMAT.md, "Merging").
 *
 * <p>A session merges at most four times what it wrote, and at least 8 MiB; when levels have become many all the same, all are merged. The
 * result is cut into segments of about 8 MiB, each an object of its own; memory holds one at a time.
 */
final class Compaction {
    private static final long LEAST_BYTES = 8L << 20;
    private static final long SEGMENT_BYTES = 8L << 20;
    private static final int FACTOR = 4;
    private static final int MOST_LEVELS = 8;

    private final RunStack stack;
    private final RepositoryKeys keys;
    private final RunKind kind;

    Compaction(RunStack stack, RepositoryKeys keys, RunKind kind) {
        this.stack = stack;
        this.keys = keys;
        this.kind = kind;
    }

    RunStack compact(long writtenBytes) {
        List<List<RunRef>> levels = stack.levels();
        int merged = levelsToMerge(levels, Math.max(LEAST_BYTES, FACTOR * writtenBytes));
        if (writtenBytes == 0 || merged < 2) {
            return stack;
        }
        List<RunRef> newest = flat(levels.subList(0, merged));
        List<RunRef> rest = flat(levels.subList(merged, levels.size()));
        List<RunRef> result = new ArrayList<>(merge(newest, rest.isEmpty()));
        result.addAll(rest);
        return new RunStack(stack.shelf(), result);
    }

    private static int levelsToMerge(List<List<RunRef>> levels, long budget) {
        if (levels.size() > MOST_LEVELS) {
            return levels.size();
        }
        long sum = 0;
        int count = 0;
        for (List<RunRef> level : levels) {
            sum += level.stream().mapToLong(RunRef::length).sum();
            if (sum > budget) {
                break;
            }
            count++;
        }
        return count;
    }

    private static List<RunRef> flat(List<List<RunRef>> levels) {
        return levels.stream().flatMap(List::stream).toList();
    }

    private List<RunRef> merge(List<RunRef> newestFirst, boolean reachesTheOldest) {
        List<RunCursor> cursors = new RunStack(stack.shelf(), newestFirst).cursors(null);
        RunCursor merged = RunMerger.shadowing(cursors, reachesTheOldest);
        List<RunRef> segments = new ArrayList<>();
        boolean more = merged.advance();
        while (more) {
            try (RunInMemory segment = new RunInMemory(kind, keys)) {
                while (more && segment.writtenBytes() < SEGMENT_BYTES) {
                    segment.add(merged);
                    more = merged.advance();
                }
                RunInMemory.Written written = segment.finish();
                segments.add(stack.shelf().put(kind, written.bytes(), written.summary()));
            }
        }
        return segments;
    }
}
