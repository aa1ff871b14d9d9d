// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.internal.format.RunRef;
import io.holdfast.model.ItemKey;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SeenKeysPropertyTest {
    private static final int KEYS = 40;
    private static final int FEW = 5;

    private final ShelfWorld world = new ShelfWorld(1);

    private static ItemKey key(int number) {
        return new ItemKey("key-" + number);
    }

    /** The keys that were seen, the set that they must equal, and what a crash falls back to. */
    private final class Both {
        private SeenKeys seen = open(List.of());
        private Set<Integer> model = new HashSet<>();
        private Optional<RunDraft> draft = Optional.empty();
        private Set<Integer> drafted = new HashSet<>();
        private List<RunRef> durable = List.of();
        private Set<Integer> durableModel = new HashSet<>();

        private SeenKeys open(List<RunRef> runs) {
            return new SeenKeyRuns(world.shelf(), world.keys, runs, FEW);
        }

        void step(int action, int key) {
            switch (action) {
                case 0, 1, 2, 3 -> add(key);
                case 4 -> freeze();
                case 5 -> place();
                case 6 -> drop();
                default -> crash();
            }
        }

        private void add(int key) {
            seen.add(key(key));
            model.add(key);
        }

        /** A checkpoint begins; the next one does so only when it is over. */
        private void freeze() {
            if (draft.isEmpty()) {
                draft = seen.freeze(1);
                drafted = new HashSet<>(model);
            }
        }

        private void place() {
            if (draft.isPresent()) {
                draft.get().placed(world.shelf().put(draft.get()));
                draft = Optional.empty();
                durable = seen.runs();
                // What became a run of its own since the draft was made is durable too.
                durableModel = drafted;
            }
        }

        private void drop() {
            draft.ifPresent(RunDraft::drop);
            draft = Optional.empty();
        }

        private void crash() {
            draft = Optional.empty();
            seen = open(durable);
            model = new HashSet<>(durableModel);
            for (int i = 0; i < KEYS; i++) {
                if (seen.contains(key(i))) {
                    model.add(i);
                }
            }
        }
    }

    @Property(tries = 300)
    void isAlwaysWhatASetIs(
            @ForAll @Size(min = 1, max = 80) List<@IntRange(max = 7) Integer> actions, @ForAll long seed) {
        Random random = new Random(seed);
        Both both = new Both();
        Set<Integer> everNamed = new HashSet<>();
        for (int action : actions) {
            int key = random.nextInt(KEYS);
            everNamed.add(key);
            both.step(action, key);
            for (int i = 0; i < KEYS; i++) {
                assertThat(both.seen.contains(key(i))).as("key %s", i).isEqualTo(both.model.contains(i));
            }
        }
        assertThat(everNamed).containsAll(both.model);
    }

    @Property(tries = 100)
    void whatWasPlacedIsSeenByTheNextSession(@ForAll @Size(min = 1, max = 30) Set<@IntRange(max = 39) Integer> keys) {
        Both both = new Both();
        keys.forEach(both::add);
        both.freeze();
        both.place();

        SeenKeys next = new SeenKeyRuns(world.shelf(), world.keys, both.seen.runs());
        for (int i = 0; i < KEYS; i++) {
            assertThat(next.contains(key(i))).as("key %s", i).isEqualTo(keys.contains(i));
        }
    }

    @Example
    void keysThatWereSeenBeforeWriteNothing() {
        SeenKeys seen = new SeenKeyRuns(world.shelf(), world.keys, List.of());
        seen.add(key(1));
        RunDraft draft = seen.freeze(1).orElseThrow();
        draft.placed(world.shelf().put(draft));
        seen.add(key(1));

        assertThat(seen.freeze(2)).isEmpty();
    }
}
