// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.internal.format.RunRef;
import io.holdfast.internal.run.RunEntry;
import io.holdfast.internal.run.RunKind;
import io.holdfast.store.CountingObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class StackLookupsTest {
    private static final int KEYS = 4_000;
    private static final int LONG_VALUE = 4_000;

    private final ShelfWorld world = new ShelfWorld(9);
    private final CountingObjectStore store = new CountingObjectStore(world.store);

    private static byte[] key(int number) {
        return String.format(Locale.ROOT, "%08d", number).getBytes(StandardCharsets.UTF_8);
    }

    private RunStack stack() {
        return new RunStack(new RunShelf(store, world.keys, 16 << 20), List.of());
    }

    private RunStack with(RunStack stack, long number, IntPredicate entries, IntPredicate tombstones, int valueBytes) {
        try (RunInMemory out = new RunInMemory(RunKind.MANIFEST, world.keys)) {
            Random random = new Random(number);
            for (int i = 0; i < KEYS; i++) {
                if (tombstones.test(i)) {
                    out.add(RunEntry.removal(key(i), number));
                } else if (entries.test(i)) {
                    byte[] value = new byte[valueBytes];
                    random.nextBytes(value);
                    out.add(RunEntry.of(key(i), number, value));
                }
            }
            RunInMemory.Written written = out.finish();
            RunRef ref = world.shelf().put(RunKind.MANIFEST, written.bytes(), written.summary());
            return stack.with(ref);
        }
    }

    /** Two runs of 16 MB over each other, of which the newer has every second key. */
    private RunStack longStack() {
        RunStack lower = with(stack(), 1, i -> true, i -> false, LONG_VALUE);
        return with(lower, 2, i -> i % 2 == 0, i -> false, LONG_VALUE);
    }

    private long gets() {
        return store.counts().gets();
    }

    @Property(tries = 200)
    void findsWhatALookupFindsInWhateverOrderItIsAsked(@ForAll long seed) {
        Random random = new Random(seed);
        RunStack lower = with(stack(), 1, i -> i % 3 != 0, i -> false, 20);
        RunStack stack = with(lower, 2, i -> i % 5 == 0, i -> i % 7 == 0, 20);
        StackLookups lookups = new StackLookups(stack);

        int at = 0;
        for (int i = 0; i < 1_500; i++) {
            int step = random.nextInt(100);
            at = step < 90
                    ? at + 1 + random.nextInt(2)
                    : step < 96 ? at + random.nextInt(40) : step < 99 ? at - random.nextInt(30) : random.nextInt(KEYS);
            at = Math.floorMod(at, KEYS + 10);
            RunEntry expected = stack.live(key(at));

            assertThat(lookups.value(key(at))).as("key %s", at).isEqualTo(expected == null ? null : expected.value());
        }
    }

    @Example
    void walksAlongWithKeysThatComeInOrder() {
        StackLookups lookups = new StackLookups(longStack());
        long before = gets();

        long found = IntStream.range(0, KEYS)
                .filter(i -> lookups.value(key(i)) != null)
                .count();

        assertThat(found).isEqualTo(KEYS);
        // 24 MB in windows of several MB, and what the first lookups read.
        assertThat(gets() - before).isLessThan(40);
    }

    @Example
    void readsNoMoreThanLookupsDoForKeysThatLieFarApart() {
        List<Integer> far = new ArrayList<>();
        for (int round = 0; round < 20; round++) {
            for (int i = round; i < KEYS; i += 40) {
                far.add(i);
            }
        }
        RunStack one = longStack();
        long before = gets();
        far.forEach(i -> one.live(key(i)));
        long sought = gets() - before;
        RunStack other = longStack();
        StackLookups lookups = new StackLookups(other);
        before = gets();

        far.forEach(i -> lookups.value(key(i)));

        assertThat(gets() - before).isLessThan(sought + 20);
    }
}
