// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.internal.format.RunRef;
import io.holdfast.store.CountingObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunStackTest {
    private static final int LEVELS = 4;
    private static final int KEYS = 5_000;
    private static final int VALUE = 1_000;

    private final ShelfWorld world = new ShelfWorld(5);
    private final CountingObjectStore store = new CountingObjectStore(world.store);
    private final RunShelf shelf = new RunShelf(store, world.keys, 16 << 20);

    private static byte[] key(int number) {
        return text(number).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(int number) {
        return String.format(Locale.ROOT, "%08d", number);
    }

    /** Four runs of 5 MB over one another, too long to be held whole; the newest has the keys 0, 4, 8, …, the next one 1, 5, 9, …. */
    private RunStack longStack() {
        List<RunRef> runs = new ArrayList<>();
        for (int level = 0; level < LEVELS; level++) {
            int first = level;
            List<String> keys = IntStream.range(0, KEYS)
                    .mapToObj(i -> text(first + i * LEVELS))
                    .toList();
            runs.add(world.run(world.shelf(), LEVELS - level, keys, VALUE));
        }
        return new RunStack(shelf, runs);
    }

    private long gets() {
        return store.counts().gets();
    }

    @Test
    void readsOneBlockForAKeyOfALongStackWhoseRunsWereAskedBefore() {
        RunStack stack = longStack();
        IntStream.range(0, LEVELS).forEach(i -> assertThat(stack.live(key(i))).isNotNull());
        long before = gets();

        assertThat(stack.live(key(8_003))).isNotNull();

        assertThat(gets() - before).isEqualTo(1);
    }

    @Test
    void readsHardlyAnythingForKeysThatALongStackDoesNotHave() {
        RunStack stack = longStack();
        assertThat(stack.live(key(7))).isNotNull();
        assertThat(stack.live(text(7).concat("+").getBytes(StandardCharsets.UTF_8)))
                .isNull();
        long before = gets();

        for (int i = 0; i < 100; i++) {
            assertThat(stack.live(text(100 * i).concat("+").getBytes(StandardCharsets.UTF_8)))
                    .isNull();
        }

        assertThat(gets() - before).isLessThan(10);
    }

    @Test
    void fetchesARunWholeThatIsAskedForManyBlocks() {
        RunStack stack = longStack();
        long before = gets();

        for (int i = 0; i < KEYS; i++) {
            assertThat(stack.live(key(LEVELS * i))).isNotNull();
        }

        // The end, the filter and some blocks, and then all of it; the other runs are never asked.
        assertThat(gets() - before).isBetween(10L, 20L);
    }

    @Test
    void opensNoRunForTheFrontOfAStackThatBeginsBehindIt() {
        RunStack stack = longStack();
        long before = gets();

        assertThat(stack.front(key(0), key(1)).advance()).isTrue();

        // The end of the one run, and its first block.
        assertThat(gets() - before).isEqualTo(2);
    }
}
