// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import java.util.List;

/**
 * Merges sorted cursors into one, streaming: of each it looks at one entry at a time.
 *
 * <p>With {@link KeyMode#UNIQUE} the cursor that stands first in the list wins where several have a key; with {@link KeyMode#MULTI} the pairs
 * of key and value are united, and of equal pairs the first cursor's stays. Not thread-safe. The merge is a tournament tree: one
 * comparison for each doubling of the number of cursors.
 */
public final class RunMerger implements RunCursor {
    private static final int NONE = -1;

    private final RunCursor[] cursors;
    private final boolean[] exhausted;
    private final KeyMode mode;
    private final boolean dropTombstones;
    /** Node i holds the loser of the match there; the winner of all is kept apart. Leaves stand at cursors.length + i. */
    private final int[] losers;

    private final GrowingBytes lastKey = new GrowingBytes(64);
    private final GrowingBytes lastValue = new GrowingBytes(64);
    private int winner = NONE;
    private boolean started;

    private RunMerger(List<? extends RunCursor> newestFirst, KeyMode mode, boolean dropTombstones) {
        this.cursors = newestFirst.toArray(new RunCursor[0]);
        this.exhausted = new boolean[cursors.length];
        this.losers = new int[Math.max(1, cursors.length)];
        this.mode = mode;
        this.dropTombstones = dropTombstones;
    }

    /**
     * Merges cursors over unique keys; a newer entry hides older ones with its key.
     *
     * @param newestFirst the cursors, the newest first
     * @param dropTombstones whether tombstones are left out, which only a merge that reaches down to the oldest run may do
     * @return a cursor over the merged entries
     */
    public static RunCursor shadowing(List<? extends RunCursor> newestFirst, boolean dropTombstones) {
        return new RunMerger(newestFirst, KeyMode.UNIQUE, dropTombstones);
    }

    /**
     * Unites cursors over pairs of key and value.
     *
     * @param cursors the cursors
     * @return a cursor over all pairs, each once
     */
    public static RunCursor union(List<? extends RunCursor> cursors) {
        return new RunMerger(cursors, KeyMode.MULTI, false);
    }

    @Override
    public boolean advance() {
        if (!started) {
            start();
        } else if (winner != NONE) {
            rememberLast();
            step();
            skipHidden();
        }
        while (winner != NONE && dropTombstones && cursors[winner].tombstone()) {
            rememberLast();
            step();
            skipHidden();
        }
        return winner != NONE;
    }

    private void start() {
        started = true;
        for (int i = 0; i < cursors.length; i++) {
            exhausted[i] = !cursors[i].advance();
        }
        if (cursors.length > 0) {
            winner = play(1);
            dropExhaustedWinner();
        }
    }

    /** Plays the matches below a node and returns the winner. */
    private int play(int node) {
        if (node >= cursors.length) {
            return node - cursors.length;
        }
        int left = play(2 * node);
        int right = play(2 * node + 1);
        boolean leftWins = beats(left, right);
        losers[node] = leftWins ? right : left;
        return leftWins ? left : right;
    }

    private void step() {
        exhausted[winner] = !cursors[winner].advance();
        int best = winner;
        for (int node = (best + cursors.length) >>> 1; node > 0; node >>>= 1) {
            int other = losers[node];
            if (beats(other, best)) {
                losers[node] = best;
                best = other;
            }
        }
        winner = best;
        dropExhaustedWinner();
    }

    private void dropExhaustedWinner() {
        if (exhausted[winner]) {
            winner = NONE;
        }
    }

    private boolean beats(int left, int right) {
        if (exhausted[left] || exhausted[right]) {
            return !exhausted[left];
        }
        int order = EntryView.compareKeys(cursors[left], cursors[right]);
        if (order == 0 && mode == KeyMode.MULTI) {
            order = EntryView.compareValues(cursors[left], cursors[right]);
        }
        return order < 0 || (order == 0 && left < right);
    }

    private void rememberLast() {
        RunCursor current = cursors[winner];
        lastKey.resize(0);
        lastKey.put(current.keyBytes(), current.keyOffset(), current.keyLength());
        if (mode == KeyMode.MULTI) {
            lastValue.resize(0);
            lastValue.put(current.valueBytes(), current.valueOffset(), current.valueLength());
        }
    }

    private void skipHidden() {
        while (winner != NONE) {
            int order = compareWithLast(cursors[winner]);
            if (order > 0) {
                return;
            }
            if (order < 0) {
                throw new IllegalStateException("a merged cursor does not ascend: " + cursors[winner].copy());
            }
            step();
        }
    }

    private int compareWithLast(EntryView entry) {
        int order = lastKey.compareTo(entry.keyBytes(), entry.keyOffset(), entry.keyLength());
        if (order == 0 && mode == KeyMode.MULTI) {
            order = lastValue.compareTo(entry.valueBytes(), entry.valueOffset(), entry.valueLength());
        }
        return -order;
    }

    private RunCursor current() {
        if (winner == NONE) {
            throw new IllegalStateException("the cursor stands at no entry");
        }
        return cursors[winner];
    }

    @Override
    public byte[] keyBytes() {
        return current().keyBytes();
    }

    @Override
    public int keyOffset() {
        return current().keyOffset();
    }

    @Override
    public int keyLength() {
        return current().keyLength();
    }

    @Override
    public long number() {
        return current().number();
    }

    @Override
    public boolean tombstone() {
        return current().tombstone();
    }

    @Override
    public byte[] valueBytes() {
        return current().valueBytes();
    }

    @Override
    public int valueOffset() {
        return current().valueOffset();
    }

    @Override
    public int valueLength() {
        return current().valueLength();
    }
}
