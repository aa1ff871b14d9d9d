// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.internal.format.ResourceState;
import io.holdfast.internal.run.RunKind;
import io.holdfast.internal.seal.RepositoryKeys;
import io.holdfast.manifest.Manifest;
import io.holdfast.manifest.ManifestOrder;
import io.holdfast.store.CountingObjectStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What differs between two states of a manifest, and what is read to find it. */
class ManifestDiffTest {
    private static final int ITEMS = 2000;

    private final ShelfWorld world = new ShelfWorld(11);
    private final CountingObjectStore counting = new CountingObjectStore(world.store);

    private ResourceState commit(RunStackManifestWork work, long number, boolean merges) {
        work.freeze(number).ifPresent(draft -> draft.placed(world.shelf().put(draft)));
        if (merges) {
            RunStack stack = new RunStack(world.shelf(), work.runs());
            Compaction compaction = new Compaction(stack, world.keys, RunKind.MANIFEST);
            return ShelfWorld.state(work, compaction.mergeAll().runs());
        }
        return ShelfWorld.state(work);
    }

    private RunStackManifestWork work(ResourceState state) {
        return new RunStackManifestWork(world.shelf(), world.keys, state);
    }

    private ResourceState large() {
        RunStackManifestWork work = work(ShelfWorld.fresh());
        for (int i = 0; i < ITEMS; i++) {
            work.put(ShelfWorld.entry(name(i), 1));
        }
        return commit(work, 1, false);
    }

    private static String name(int i) {
        return String.format("key-%05d", i);
    }

    private List<String> diff(ResourceState older, ResourceState newer) {
        RunShelf shelf = new RunShelf(counting, world.keys, 4 << 20);
        RepositoryKeys keys = world.keys;
        List<String> found = new ArrayList<>();
        try (Manifest.DifferenceCursor differences = RunStackManifest.of(shelf, new EntryCodes(keys), newer)
                .diff(RunStackManifest.of(shelf, new EntryCodes(keys), older))) {
            for (Manifest.Difference d = differences.next(); d != null; d = differences.next()) {
                String sign = d.before().isEmpty() ? "+" : d.after().isEmpty() ? "-" : "*";
                found.add(sign + d.after().or(d::before).orElseThrow().key().value());
            }
        }
        return found;
    }

    private RunStackManifestWork changed(ResourceState older) {
        RunStackManifestWork work = work(older);
        work.put(ShelfWorld.entry(name(7), 2));
        work.put(ShelfWorld.entry("key-new", 1));
        return work;
    }

    @Test
    void findsAChangeBehindAMergeWithoutTheOlderEntriesOfTheMergedRun() {
        ResourceState older = large();
        ResourceState newer = commit(changed(older), 2, true);

        assertThat(newer.manifest()).hasSize(1).doesNotContainAnyElementsOf(older.manifest());
        assertThat(diff(older, newer)).containsExactly("*" + name(7), "+key-new");
    }

    @Test
    void readsNoRunThatHasNothingNewer() {
        ResourceState first = large();
        RunStackManifestWork more = work(first);
        more.put(ShelfWorld.entry("zz", 1));
        ResourceState older = commit(more, 2, false);
        RunStackManifestWork third = work(older);
        third.put(ShelfWorld.entry("zzz", 1));
        ResourceState newer = commit(third, 3, false);

        assertThat(diff(older, newer)).containsExactly("+zzz");
        assertThat(counting.counts().gets()).isEqualTo(1);
        assertThat(counting.counts().bytesRead())
                .isEqualTo(newer.manifest().get(0).length());
    }

    @Test
    void findsARemovalWhoseTombstoneAMergeHasDropped() {
        ResourceState older = large();
        RunStackManifestWork work = changed(older);
        work.remove(ManifestOrder.position(ShelfWorld.entry(name(9), 1)));
        ResourceState newer = commit(work, 2, true);

        assertThat(newer.manifest()).hasSize(1);
        assertThat(diff(older, newer)).containsExactly("*" + name(7), "-" + name(9), "+key-new");
    }

    @Test
    void findsTheSameBackwardsAndBetweenBranches() {
        ResourceState base = large();
        ResourceState newer = commit(changed(base), 2, false);
        RunStackManifestWork other = work(base);
        other.put(ShelfWorld.entry(name(3), 2));
        ResourceState branch = commit(other, 2, false);

        assertThat(diff(newer, base)).containsExactly("*" + name(7), "-key-new");
        assertThat(diff(branch, newer)).containsExactly("*" + name(3), "*" + name(7), "+key-new");
    }
}
