// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.internal.format.RunRef;
import io.holdfast.internal.run.RunCursor;
import io.holdfast.internal.run.RunKind;
import io.holdfast.internal.run.RunMerger;
import io.holdfast.internal.seal.RepositoryKeys;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Merges the newest levels of a stack of runs, so that a lookup asks few and old entries go away (FORMAT.md, "Merging"; ADR 34).
 *
 * <p>Late: up to eight levels are left alone. Beyond, the fewest of the newest levels are merged that are together no longer than the level
 * below them, so that an entry is written again only when about as many newer ones have come. The result is cut into segments of about
 * 8 MiB, each an object of its own; segments of the lowest merged level that no newer entry falls into are taken over as they are. Memory
 * holds one segment at a time.
 */
final class Compaction {
    static final int MOST_LEVELS = 8;

    private static final long SEGMENT_BYTES = 8L << 20;
    /** Shorter segments are merged with their neighbours even if nothing falls into them, so that they stay few. */
    private static final long WORTH_KEEPING_BYTES = SEGMENT_BYTES / 2;

    private final RunStack stack;
    private final RepositoryKeys keys;
    private final RunKind kind;

    Compaction(RunStack stack, RepositoryKeys keys, RunKind kind) {
        this.stack = stack;
        this.keys = keys;
        this.kind = kind;
    }

    /**
     * What to merge.
     *
     * @param levels how many levels
     * @param merged the runs that are read and written anew, newest first
     * @param kept the segments between them that stay, ascending
     */
    private record Choice(int levels, List<RunRef> merged, List<RunRef> kept) {
        long bytes() {
            return Compaction.bytes(merged);
        }
    }

    /** Merges what is due; most often that is nothing. */
    RunStack compact() {
        List<List<RunRef>> levels = stack.levels();
        return levels.size() <= MOST_LEVELS ? stack : merged(levels, choose(levels));
    }

    /** Merges all levels into one. */
    RunStack mergeAll() {
        List<List<RunRef>> levels = stack.levels();
        return levels.size() < 2 ? stack : merged(levels, upTo(levels, levels.size()));
    }

    private static long bytes(List<RunRef> runs) {
        return runs.stream().mapToLong(RunRef::length).sum();
    }

    private Choice choose(List<List<RunRef>> levels) {
        int count = levels.size() - MOST_LEVELS + 1;
        Choice choice = upTo(levels, count);
        while (count < levels.size() && choice.bytes() > bytes(levels.get(count))) {
            count++;
            choice = upTo(levels, count);
        }
        return choice;
    }

    private RunStack merged(List<List<RunRef>> levels, Choice choice) {
        List<RunRef> result = new ArrayList<>(merge(choice, choice.levels() == levels.size()));
        result.addAll(flat(levels.subList(choice.levels(), levels.size())));
        return new RunStack(stack.shelf(), result);
    }

    private Choice upTo(List<List<RunRef>> levels, int count) {
        List<RunRef> merged = new ArrayList<>(flat(levels.subList(0, count - 1)));
        List<RunRef> newer = List.copyOf(merged);
        List<RunRef> kept = new ArrayList<>();
        for (RunRef segment : levels.get(count - 1)) {
            boolean keep = segment.standsAlone()
                    && segment.length() >= WORTH_KEEPING_BYTES
                    && newer.stream().noneMatch(run -> hasEntryIn(run, segment));
            (keep ? kept : merged).add(segment);
        }
        return new Choice(count, merged, kept);
    }

    /** Whether an entry of a run falls into the range of a segment. */
    private boolean hasEntryIn(RunRef run, RunRef segment) {
        boolean apart = run.entries() == 0
                || Arrays.compareUnsigned(run.lastKey(), segment.firstKey()) < 0
                || Arrays.compareUnsigned(run.firstKey(), segment.lastKey()) > 0;
        if (apart) {
            return false;
        }
        RunCursor cursor = stack.shelf().open(run).scanFrom(segment.firstKey());
        return cursor.advance() && compareKey(cursor, segment.lastKey()) <= 0;
    }

    private static int compareKey(RunCursor cursor, byte[] key) {
        int from = cursor.keyOffset();
        return Arrays.compareUnsigned(cursor.keyBytes(), from, from + cursor.keyLength(), key, 0, key.length);
    }

    private static List<RunRef> flat(List<List<RunRef>> levels) {
        return levels.stream().flatMap(List::stream).toList();
    }

    /** The segments of the merged level, ascending: those that are written here, and between them those that are kept. */
    private List<RunRef> merge(Choice choice, boolean reachesTheOldest) {
        List<RunCursor> cursors = new RunStack(stack.shelf(), choice.merged()).cursors(null);
        RunCursor merged = RunMerger.shadowing(cursors, reachesTheOldest);
        Deque<RunRef> kept = new ArrayDeque<>(choice.kept());
        List<RunRef> segments = new ArrayList<>();
        boolean more = merged.advance();
        while (more) {
            while (!kept.isEmpty() && compareKey(merged, kept.getFirst().lastKey()) > 0) {
                segments.add(kept.removeFirst());
            }
            try (RunInMemory segment = new RunInMemory(kind, keys)) {
                while (more && segment.writtenBytes() < SEGMENT_BYTES && isBelow(merged, kept)) {
                    segment.add(merged);
                    more = merged.advance();
                }
                RunInMemory.Written written = segment.finish();
                segments.add(stack.shelf().put(kind, written.bytes(), written.summary()));
            }
        }
        segments.addAll(kept);
        return segments;
    }

    private static boolean isBelow(RunCursor merged, Deque<RunRef> kept) {
        return kept.isEmpty() || compareKey(merged, kept.getFirst().firstKey()) < 0;
    }
}
