// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.internal.format.LedgerEntry;
import io.holdfast.internal.format.ResourceState;
import io.holdfast.model.FeedId;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemKind;
import io.holdfast.model.ItemRef;
import io.holdfast.repository.OpenFailure.Condition;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class LedgerWorkPropertyTest {
    private static final int KEYS = 12;

    private final ShelfWorld world = new ShelfWorld(1);

    /** Names whose order as bytes differs from their order as text. */
    private static ItemKey key(int number) {
        return new ItemKey((number % 2 == 0 ? "\uffee-" : "\ud83d\ude00-") + number);
    }

    private static LedgerEntry entry(int key, int version) {
        ItemRef ref = new ItemRef(
                ShelfWorld.RESOURCE.id(),
                new FeedId("all"),
                ItemKind.leaf("note"),
                key(key),
                List.of(new ItemKey("folder")),
                Optional.of("c" + version),
                Optional.empty());
        return new LedgerEntry(
                ref,
                Condition.values()[version % Condition.values().length],
                "cause " + version,
                "code",
                List.of("part/" + version),
                version + 1,
                Instant.ofEpochSecond(1_000 + key),
                Instant.ofEpochSecond(2_000 + version));
    }

    private static ResourceState stateOf(LedgerWork work) {
        ResourceState fresh = ShelfWorld.fresh();
        return new ResourceState(
                fresh.resource(),
                fresh.manifest(),
                fresh.digest(),
                fresh.counts(),
                fresh.feeds(),
                work.runs(),
                work.counts(),
                fresh.lastCompleted(),
                fresh.departedSince());
    }

    /** The ledger, the map that it must equal, and what a crash falls back to. */
    private final class Both {
        private LedgerWork work = new LedgerRun(world.shelf(), ShelfWorld.fresh());
        private TreeMap<ItemKey, LedgerEntry> model = new TreeMap<>();
        private ResourceState durable = ShelfWorld.fresh();
        private TreeMap<ItemKey, LedgerEntry> durableModel = new TreeMap<>();

        void step(int action, int key, int version) {
            switch (action) {
                case 0, 1, 2 -> put(entry(key, version));
                case 3, 4 -> close(key(key));
                case 5 -> work.freeze(1).ifPresent(RunDraft::drop);
                case 6 -> commit(() -> {});
                // The item is dealt with, or fails again, while the checkpoint is under way.
                case 7 -> commit(() -> close(key(key)));
                case 8 -> commit(() -> put(entry(key, version)));
                default -> crash();
            }
        }

        private void put(LedgerEntry entry) {
            work.put(entry);
            model.put(entry.ref().key(), entry);
        }

        private void close(ItemKey key) {
            work.close(key);
            model.remove(key);
        }

        private void commit(Runnable meanwhile) {
            TreeMap<ItemKey, LedgerEntry> frozen = new TreeMap<>(model);
            Optional<RunDraft> draft = work.freeze(1);
            meanwhile.run();
            draft.ifPresent(each -> each.placed(world.shelf().put(each)));
            durable = stateOf(work);
            durableModel = frozen;
        }

        private void crash() {
            work = new LedgerRun(world.shelf(), durable);
            model = new TreeMap<>(durableModel);
        }
    }

    @Property(tries = 300)
    void isAlwaysWhatAMapIs(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 9) Integer> actions, @ForAll long seed) {
        Random random = new Random(seed);
        Both both = new Both();
        for (int action : actions) {
            both.step(action, random.nextInt(KEYS), random.nextInt(6));
            assertThat(both.work.open()).isEqualTo(List.copyOf(both.model.values()));
        }
        for (int key = 0; key < KEYS; key++) {
            assertThat(both.work.find(key(key))).isEqualTo(Optional.ofNullable(both.model.get(key(key))));
        }
    }

    @Property(tries = 100)
    void countsAndDueEntriesFollowFromWhatIsOpen(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 9) Integer> actions, @ForAll long seed) {
        Random random = new Random(seed);
        Both both = new Both();
        actions.forEach(action -> both.step(action, random.nextInt(KEYS), random.nextInt(6)));
        both.commit(() -> {});
        both.crash();

        ResourceState.OpenCounts counts = both.work.counts();
        long[] byCondition = Arrays.stream(Condition.values())
                .mapToLong(condition -> both.model.values().stream()
                        .filter(entry -> entry.condition() == condition)
                        .count())
                .toArray();
        assertThat(counts.failed()).isEqualTo(byCondition[Condition.FAILED.ordinal()]);
        assertThat(counts.degraded()).isEqualTo(byCondition[Condition.DEGRADED.ordinal()]);
        assertThat(counts.stale()).isEqualTo(byCondition[Condition.STALE.ordinal()]);
        assertThat(counts.skipped()).isEqualTo(byCondition[Condition.SKIPPED.ordinal()]);
        for (int at = 1_999; at < 2_008; at++) {
            Instant now = Instant.ofEpochSecond(at);
            assertThat(both.work.due(now))
                    .isEqualTo(both.model.values().stream()
                            .filter(entry -> !entry.due().isAfter(now))
                            .toList());
        }
    }

    @Example
    void whatDidNotChangeWritesNothing() {
        Both both = new Both();
        both.put(entry(1, 1));
        both.commit(() -> {});
        both.put(entry(1, 1));
        both.close(key(2));

        assertThat(both.work.freeze(2)).isEmpty();
    }

    @Example
    void aLedgerThatIsDoneNamesNoRun() {
        Both both = new Both();
        both.put(entry(1, 1));
        both.commit(() -> {});
        both.close(key(1));

        assertThat(both.work.freeze(2)).isEmpty();
        assertThat(both.work.runs()).isEmpty();
        assertThat(both.work.counts()).isEqualTo(ShelfWorld.fresh().openCounts());
    }
}
