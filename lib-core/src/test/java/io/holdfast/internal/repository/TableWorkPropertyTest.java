// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.internal.digest.Sha256;
import io.holdfast.internal.format.ResourceState;
import io.holdfast.internal.format.ResourceStateCodec;
import io.holdfast.manifest.Manifest;
import io.holdfast.manifest.ManifestDigest;
import io.holdfast.model.ResourceId;
import io.holdfast.source.Resource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class TableWorkPropertyTest {
    private static final int RESOURCES = 80;
    /** So long that a table of many resources does not fit into a record. */
    private static final int NAME = 5_000;

    private final ShelfWorld world = new ShelfWorld(1);

    private static ResourceId id(int number) {
        return new ResourceId((number % 2 == 0 ? "\uffee:" : "\ud83d\ude00:") + number);
    }

    private static ResourceState state(int number, int version) {
        Random random = new Random(number * 31L + version);
        String name = random.ints(NAME, '!', '~')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        byte[] digest = Sha256.of((number + "/" + version).getBytes(StandardCharsets.UTF_8));
        ResourceState fresh = ShelfWorld.fresh();
        return new ResourceState(
                new Resource(id(number), "mail", name, "ana@example.com", Optional.empty()),
                List.of(),
                new ManifestDigest(digest),
                new Manifest.Counts(number, version, 10L * number),
                List.of(),
                List.of(),
                fresh.openCounts(),
                Optional.of(Instant.ofEpochSecond(version)),
                Optional.empty());
    }

    private TableWork open(TableWork.Written written) {
        return new TableRuns(world.shelf(), world.keys, written.runs(), written.inline());
    }

    private TableWork empty() {
        return open(new TableWork.Written(List.of(), new byte[0]));
    }

    private static TreeMap<byte[], ResourceState> byBytes() {
        return new TreeMap<>(Arrays::compareUnsigned);
    }

    private static byte[] bytes(ResourceId id) {
        return id.value().getBytes(StandardCharsets.UTF_8);
    }

    /** The table, the map that it must equal, and what a crash falls back to. */
    private final class Both {
        private TableWork table = empty();
        private TreeMap<byte[], ResourceState> model = byBytes();
        private TableWork.Written durable = new TableWork.Written(List.of(), new byte[0]);
        private TreeMap<byte[], ResourceState> durableModel = byBytes();
        private long number = 1;

        void step(int action, Random random) {
            switch (action) {
                case 0, 1 -> put(state(random.nextInt(RESOURCES), random.nextInt(3)));
                case 2 -> remove(id(random.nextInt(RESOURCES)));
                case 3 -> putMany(random.nextInt(3));
                case 4 -> table.write(number);
                case 5 -> commit();
                default -> crash();
            }
        }

        private void put(ResourceState state) {
            table.put(state);
            model.put(bytes(state.id()), state);
        }

        private void putMany(int version) {
            for (int i = version; i < RESOURCES; i += 2) {
                put(state(i, version));
            }
        }

        private void remove(ResourceId id) {
            table.remove(id);
            model.remove(bytes(id));
        }

        private void commit() {
            durable = table.write(number++);
            durableModel = copy(model);
        }

        private void crash() {
            table = open(durable);
            model = copy(durableModel);
        }
    }

    private static TreeMap<byte[], ResourceState> copy(TreeMap<byte[], ResourceState> model) {
        TreeMap<byte[], ResourceState> copy = byBytes();
        copy.putAll(model);
        return copy;
    }

    /** States in short, so that a failure can be read. */
    private static String brief(ResourceState state) {
        return state.id() + " " + HexFormat.of().formatHex(Sha256.of(ResourceStateCodec.encode(state)), 0, 8);
    }

    private static List<String> all(TableWork table) {
        List<String> all = new ArrayList<>();
        table.forEach(state -> all.add(brief(state)));
        return all;
    }

    private static List<String> all(TreeMap<byte[], ResourceState> model) {
        return model.values().stream().map(TableWorkPropertyTest::brief).toList();
    }

    @Property(tries = 40)
    void isAlwaysWhatAMapIs(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 6) Integer> actions, @ForAll long seed) {
        Random random = new Random(seed);
        Both both = new Both();
        for (int action : actions) {
            both.step(action, random);
            assertThat(all(both.table)).isEqualTo(all(both.model));
        }
        for (int i = 0; i < RESOURCES; i++) {
            assertThat(both.table.find(id(i)).map(TableWorkPropertyTest::brief))
                    .isEqualTo(Optional.ofNullable(both.model.get(bytes(id(i)))).map(TableWorkPropertyTest::brief));
        }
    }

    @Property(tries = 40)
    void digestAndSumsDependOnTheResourcesAlone(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 6) Integer> actions, @ForAll long seed) {
        Random random = new Random(seed);
        Both both = new Both();
        actions.forEach(action -> both.step(action, random));
        ManifestDigest pending = both.table.digest();
        both.commit();
        both.crash();

        TableWork straight = empty();
        both.model.values().forEach(straight::put);
        assertThat(pending).isEqualTo(straight.digest());
        assertThat(both.table.digest()).isEqualTo(straight.digest());
        assertThat(both.table.held())
                .isEqualTo(straight.held())
                .isEqualTo(Map.of("items", sum(both, 1), "containers", sumOfVersions(both), "bytes", sum(both, 10)));
    }

    private static long sum(Both both, long factor) {
        return both.model.values().stream()
                .mapToLong(state -> factor * state.counts().items())
                .sum();
    }

    private static long sumOfVersions(Both both) {
        return both.model.values().stream()
                .mapToLong(state -> state.counts().containers())
                .sum();
    }

    @Example
    void manyLongTablesAreMergedIntoFewRunsAndLoseNothing() {
        Both both = new Both();
        for (int round = 0; round < 12; round++) {
            both.putMany(round % 3);
            both.remove(id(round));
            both.commit();
            both.crash();
        }

        assertThat(both.durable.runs()).hasSizeBetween(1, 4);
        assertThat(all(both.table)).isEqualTo(all(both.model));
    }

    @Example
    void whatDidNotChangeIsWrittenAsItWas() {
        Both both = new Both();
        both.put(state(1, 1));
        both.commit();
        TableWork.Written before = both.durable;
        both.crash();

        TableWork.Written after = both.table.write(9);

        assertThat(after.runs()).isEqualTo(before.runs());
        assertThat(after.inline()).isEqualTo(before.inline());
    }

    @Example
    void aTableWhoseResourcesAreAllReleasedIsEmpty() {
        Both both = new Both();
        both.put(state(1, 1));
        both.commit();
        both.crash();
        both.remove(id(1));
        both.commit();
        both.crash();

        assertThat(all(both.table)).isEmpty();
        assertThat(both.durable.inline()).isEmpty();
        assertThat(both.table.digest()).isEqualTo(ManifestDigest.empty());
    }
}
