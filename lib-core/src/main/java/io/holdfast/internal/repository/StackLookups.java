// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.internal.run.RunCursor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks keys up in a stack: one by one, or, as long as they come in ascending order and lie close to each other, by walking along beside them.
 *
 * <p>A source that lists its items in the order of their keys asks for each entry of the stack in turn. To step to the next one takes a fifth of what it
 * takes to find it. For one thread at a time.
 */
final class StackLookups {
    /** How many entries of the stack a step may pass over. */
    private static final int MOST_PASSED = 8;
    /** A lookup that is out of order is done beside the walk; after so many in a row the order is another one. */
    private static final int MOST_ASTRAY = 16;

    private static final int LEAST_STREAK = 16;
    private static final int MOST_STREAK = 1 << 20;

    private final RunStack stack;
    private byte[] last = new byte[0];
    /** Stands at the first entry that is not below the last key; null while keys are looked up one by one. */
    private @Nullable RunCursor walk;

    private boolean atEnd;
    /** How many keys have come in order since the walk began, or since the last one was given up. */
    private int streak;

    private int astray;
    /** A walk reads on ahead: after one that did not last, more has to speak for the next. */
    private int neededStreak = LEAST_STREAK;

    StackLookups(RunStack stack) {
        this.stack = stack;
    }

    /** The value of the live entry of a key, or null. */
    byte @Nullable [] value(byte[] key) {
        if (Arrays.compareUnsigned(key, last) <= 0) {
            astray++;
            if (astray >= MOST_ASTRAY) {
                stop();
                last = key;
            }
            return stack.value(key);
        }
        astray = 0;
        last = key;
        streak++;
        if (walk == null && streak >= neededStreak) {
            start(key);
        }
        return walk == null ? stack.value(key) : reached(walk, key);
    }

    /** Goes back to looking up one by one, and lets go of what a walk holds. */
    void stop() {
        if (walk != null) {
            neededStreak =
                    streak >= MOST_PASSED * LEAST_STREAK ? LEAST_STREAK : Math.min(2 * neededStreak, MOST_STREAK);
        }
        walk = null;
        streak = 0;
        astray = 0;
    }

    private void start(byte[] key) {
        RunCursor begun = stack.live(key, List.of());
        atEnd = !begun.advance();
        walk = begun;
        streak = 0;
    }

    private byte @Nullable [] reached(RunCursor at, byte[] key) {
        for (int passed = 0; passed <= MOST_PASSED; passed++) {
            int order = atEnd ? 1 : compare(at, key);
            if (order >= 0) {
                return order > 0 ? null : value(at);
            }
            // A cursor that throws is not used any more.
            walk = null;
            atEnd = !at.advance();
            walk = at;
        }
        stop();
        return stack.value(key);
    }

    private static int compare(RunCursor at, byte[] key) {
        return Arrays.compareUnsigned(
                at.keyBytes(), at.keyOffset(), at.keyOffset() + at.keyLength(), key, 0, key.length);
    }

    private static byte[] value(RunCursor at) {
        return Arrays.copyOfRange(at.valueBytes(), at.valueOffset(), at.valueOffset() + at.valueLength());
    }
}
