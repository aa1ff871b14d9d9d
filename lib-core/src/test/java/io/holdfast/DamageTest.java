// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.error.HoldfastException;
import io.holdfast.repository.KeySlotSummary;
import io.holdfast.repository.VerifyLevel;
import io.holdfast.repository.VerifyReport;
import io.holdfast.repository.VerifyReport.DamagedItem;
import io.holdfast.repository.VerifyRequest;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Spoils every object that a snapshot needs, in every way (I7): a verification finds it and names the items that can no longer be read, and what can be
 * read is right.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DamageTest {
    private static final Pattern LINEAGE = Pattern.compile("[0-9a-f]{32}");

    private final HoldfastRuntime runtime = new SimulatedProcess(5).runtime();
    private final StoredWorld world = StoredWorld.make(runtime);
    private final TreeMap<String, byte[]> sound = world.objects;
    private ObjectStore store;
    private Repository repository;

    @BeforeAll
    void open() {
        store = StoredWorld.storeOf(sound);
        repository = Repository.open(store, StoredWorld.key()).on(runtime);
    }

    @AfterAll
    void close() {
        repository.close();
        runtime.close();
    }

    @Test
    void theWorldHasObjectsOfEveryKind() {
        assertThat(sound.keySet().stream().map(StoredDamage::kind).distinct())
                .containsExactlyInAnyOrder(
                        "config/",
                        "keys/",
                        "keys/ring/",
                        "data/",
                        "meta/",
                        "runs/",
                        "index/",
                        "index/heads/",
                        "snapshots/",
                        "progress/",
                        "leases/");
        assertThat(world.readable(repository)).isEqualTo(world.truth);
    }

    @ParameterizedTest
    @EnumSource
    void everyDamageOfEveryObjectIsFoundAndItsItemsAreNamed(StoredDamage damage) {
        List<String> missed = new ArrayList<>();
        for (String object : needed()) {
            // The index can do without its head: its runs are found by listing.
            boolean harmless = damage == StoredDamage.DELETED && object.startsWith("index/heads/");
            for (Map<String, byte[]> spoilt : harmless ? List.<Map<String, byte[]>>of() : damage.of(sound, object)) {
                check(damage + " of " + object, spoilt, missed);
            }
        }
        assertThat(missed).isEmpty();
    }

    /** All that stood after the last snapshot, but leases, the other key slot, old rings, and what the index no longer consists of. */
    private List<String> needed() {
        TreeSet<String> needed =
                new TreeSet<>(world.history.get(world.history.size() - 1).keySet());
        needed.removeIf(object -> object.startsWith("leases/") || object.startsWith("progress/"));
        String slot = repository.keys().stream()
                .filter(KeySlotSummary::current)
                .map(KeySlotSummary::id)
                .findFirst()
                .orElseThrow();
        needed.removeIf(object -> StoredDamage.kind(object).equals("keys/") && !object.endsWith(slot));
        String ring = needed.headSet("keys/ring0").last();
        needed.removeIf(object -> StoredDamage.kind(object).equals("keys/ring/") && !object.equals(ring));
        return List.copyOf(needed);
    }

    private void check(String what, Map<String, byte[]> spoilt, List<String> missed) {
        StoredWorld.change(store, sound, spoilt);
        try {
            VerifyReport report = repository.verify(VerifyRequest.of(VerifyLevel.CONTENT));
            if (report.sound()) {
                missed.add(what + " was not found");
            }
            Map<String, Map<String, String>> readable = readable();
            readable.forEach((snapshot, items) -> items.forEach((item, parts) -> {
                if (!parts.equals(world.truth.get(snapshot).get(item))) {
                    missed.add(what + " made " + snapshot + " " + item + " wrong");
                }
            }));
            compare(what, report, readable, missed);
        } catch (RuntimeException thrown) {
            missed.add(what + " threw " + thrown + " at "
                    + List.of(thrown.getStackTrace()).subList(0, 3));
        } finally {
            StoredWorld.change(store, spoilt, sound);
        }
    }

    /** What a process reads that knows nothing of the time before. */
    private Map<String, Map<String, String>> readable() {
        try (Repository again = Repository.open(store, StoredWorld.key()).on(runtime)) {
            return world.readable(again);
        } catch (HoldfastException unreadable) {
            return Map.of();
        }
    }

    private void compare(
            String what, VerifyReport report, Map<String, Map<String, String>> readable, List<String> missed) {
        TreeSet<String> lost = new TreeSet<>();
        world.truth.forEach((snapshot, items) -> items.keySet().stream()
                .filter(item -> !readable.getOrDefault(snapshot, Map.of()).containsKey(item))
                .forEach(item -> lost.add(snapshot + " " + item)));
        List<DamagedItem> named = report.damages().stream()
                .flatMap(found -> found.items().stream())
                .toList();
        lost.stream()
                .filter(item -> named.stream().noneMatch(one -> isCovering(one, item)))
                .forEach(item -> missed.add(what + " lost " + item + ", which is not named in " + report));
        // A record that stands where there was none may be a snapshot that cannot be read; without a ring nobody says
        // what it would open.
        named.stream()
                .filter(one -> world.truth.containsKey(one.source() + "/" + one.snapshot()))
                .filter(one -> !what.contains("keys/ring/"))
                .filter(one -> !hadNoItems(one))
                .filter(one -> lost.stream().noneMatch(item -> isCovering(one, item)))
                .forEach(one -> missed.add(what + " is said to have lost " + one + ", which it has not"));
    }

    /** Who cannot read the manifest of a resource does not know that all of its items were removed. */
    private boolean hadNoItems(DamagedItem named) {
        return "*".equals(named.key())
                && world.truth.get(named.source() + "/" + named.snapshot()).keySet().stream()
                        .noneMatch(item -> item.startsWith(named.resource() + "/"));
    }

    /** A source of which no record is left is told by the keyed name of its lineage. */
    private static boolean isCovering(DamagedItem named, String lost) {
        String source = lost.substring(0, lost.indexOf('/'));
        long snapshot = Long.parseLong(lost.substring(source.length() + 1, lost.indexOf(' ')));
        String item = lost.substring(lost.indexOf(' ') + 1);
        String resource = item.substring(0, item.indexOf('/'));
        return (source.equals(named.source()) || LINEAGE.matcher(named.source()).matches())
                && snapshot <= named.snapshot()
                && ("*".equals(named.resource()) || resource.equals(named.resource()))
                && ("*".equals(named.key()) || item.equals(resource + "/" + named.key()));
    }
}
