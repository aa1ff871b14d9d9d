// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.internal.format.ResourceState;
import io.holdfast.manifest.Manifest;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.manifest.ManifestOrder;
import io.holdfast.model.ItemKey;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** A manifest of runs against a map: whatever is applied, dropped, merged and lost in crashes. */
class RunStackManifestPropertyTest {
    private static final int KEYS = 12;

    private final ShelfWorld world = new ShelfWorld(1);

    /** The manifest, the map that it must equal, and what a crash falls back to. */
    private final class Both {
        private ManifestWork work = new RunStackManifestWork(world.shelf(), world.keys, ShelfWorld.fresh());
        private TreeMap<String, ManifestEntry> model = new TreeMap<>();
        private ResourceState durable = ShelfWorld.fresh();
        private TreeMap<String, ManifestEntry> durableModel = new TreeMap<>();
        private long number = 1;

        void step(int action, int key, int version) {
            String name = "key-" + key;
            switch (action) {
                case 0, 1, 2 -> put(ShelfWorld.entry(name, version));
                case 3 -> remove(name);
                case 4 -> work.freeze(number).ifPresent(RunDraft::drop);
                case 5 -> place();
                case 6 -> commit();
                default -> crash();
            }
        }

        private void put(ManifestEntry entry) {
            work.put(entry);
            model.put(entry.key().value(), entry);
        }

        private void remove(String name) {
            work.remove(ManifestOrder.position(ShelfWorld.entry(name, 0)));
            model.remove(name);
        }

        private void place() {
            work.freeze(number).ifPresent(draft -> draft.placed(world.shelf().put(draft)));
        }

        private void commit() {
            place();
            work.compact();
            number++;
            durable = ShelfWorld.state(work);
            durableModel = new TreeMap<>(model);
        }

        /** What was not committed is gone, and nothing is cached. */
        private void crash() {
            work = new RunStackManifestWork(world.shelf(), world.keys, durable);
            model = new TreeMap<>(durableModel);
        }
    }

    @Property(tries = 150)
    void isAlwaysWhatAMapIs(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 7) Integer> actions, @ForAll long seed) {
        Random random = new Random(seed);
        Both both = new Both();
        for (int action : actions) {
            both.step(action, random.nextInt(KEYS), random.nextInt(3));
            assertThat(all(both.work)).isEqualTo(both.model);
        }
        for (int key = 0; key < KEYS; key++) {
            assertThat(both.work.find(new ItemKey("key-" + key)))
                    .isEqualTo(Optional.ofNullable(both.model.get("key-" + key)));
        }
    }

    @Property(tries = 100)
    void digestAndCountsDependOnTheItemsAlone(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 7) Integer> actions, @ForAll long seed) {
        Random random = new Random(seed);
        Both both = new Both();
        actions.forEach(action -> both.step(action, random.nextInt(KEYS), random.nextInt(3)));
        both.commit();

        Both straight = new Both();
        both.model.values().forEach(straight::put);
        straight.commit();
        assertThat(both.work.digest()).isEqualTo(straight.work.digest());
        assertThat(both.work.counts()).isEqualTo(straight.work.counts());
        assertThat(both.work.counts().items()).isEqualTo(both.model.size());
    }

    @Property(tries = 50)
    void changesThatAreNoneWriteNothing(@ForAll @Size(min = 1, max = 20) List<@IntRange(max = 11) Integer> keys) {
        Both both = new Both();
        keys.forEach(key -> both.put(ShelfWorld.entry("key-" + key, 1)));
        both.commit();
        keys.forEach(key -> both.put(ShelfWorld.entry("key-" + key, 1)));
        both.remove("unknown");

        assertThat(both.work.freeze(2)).isEmpty();
    }

    private static TreeMap<String, ManifestEntry> all(ManifestWork work) {
        TreeMap<String, ManifestEntry> all = new TreeMap<>();
        try (Manifest.EntryCursor cursor = work.entries()) {
            for (ManifestEntry entry = cursor.next(); entry != null; entry = cursor.next()) {
                assertThat(all.put(entry.key().value(), entry)).isNull();
            }
        }
        return all;
    }
}
