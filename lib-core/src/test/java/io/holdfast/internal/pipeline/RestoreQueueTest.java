// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.manifest.ManifestEntry;
import io.holdfast.manifest.MetadataEntry;
import io.holdfast.manifest.PartEntry;
import io.holdfast.model.FeedId;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemKind;
import io.holdfast.model.ResourceId;
import io.holdfast.repository.StoredItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RestoreQueueTest {
    private final List<Runnable> handedOver = new ArrayList<>();
    private final List<String> put = new ArrayList<>();
    private final Executor later = handedOver::add;

    private static StoredItem item(String folder, String name, long size) {
        byte[] hash = new byte[32];
        PartEntry part = new PartEntry("content", size, hash, hash, List.of(), Optional.empty(), false);
        ManifestEntry entry = new ManifestEntry(
                new ItemKey(folder + "/" + name),
                new ItemKind("file", false),
                new FeedId("files"),
                List.of(new ItemKey(folder)),
                name,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                size,
                new MetadataEntry.Inline(new byte[0], hash),
                List.of(part),
                List.of(),
                ManifestEntry.Condition.WHOLE);
        return new StoredItem(new ResourceId("tree"), List.of(folder, name), entry);
    }

    private RestoreQueue queue(Executor workers, int groupItems) {
        return new RestoreQueue(
                workers, false, 8, groupItems, item -> put.add(item.entry().name()));
    }

    private void runHandedOver() {
        handedOver.forEach(Runnable::run);
        handedOver.clear();
    }

    @Test
    void handsAGroupOverWhenItIsFull() {
        RestoreQueue queue = queue(later, 3);

        IntStream.range(0, 7).forEach(i -> queue.add(item("a", "f" + i, 1)));

        assertThat(handedOver).hasSize(2);
        runHandedOver();
        assertThat(put).containsExactly("f0", "f1", "f2", "f3", "f4", "f5");
    }

    @Test
    void handsEachItemOverAtOnceForATargetThatWantsOneInARow() {
        RestoreQueue queue = queue(later, 1);

        IntStream.range(0, 5).forEach(i -> queue.add(item("a", "f" + i, 1)));

        assertThat(handedOver).hasSize(5);
    }

    @Test
    void keepsItemsOfTwoContainersApart() {
        RestoreQueue queue = queue(later, 100);

        queue.add(item("a", "f0", 1));
        queue.add(item("a", "f1", 1));
        queue.add(item("b", "f2", 1));

        assertThat(handedOver).hasSize(1);
        runHandedOver();
        assertThat(put).containsExactly("f0", "f1");
    }

    @Test
    void doesNotLetLargeItemsWaitForOneAnother() {
        RestoreQueue queue = queue(later, 100);

        queue.add(item("a", "f0", 5 << 20));
        queue.add(item("a", "f1", 5 << 20));
        queue.add(item("a", "f2", 1));

        assertThat(handedOver).hasSize(1);
    }

    @Test
    void putsWhatIsLeftBeforeItReturns() {
        RestoreQueue queue = queue(Runnable::run, 100);
        queue.add(item("a", "f0", 1));

        queue.awaitAll();

        assertThat(put).containsExactly("f0");
    }

    @Test
    void forgetsWhatWaitsWhenItIsAbandoned() {
        RestoreQueue queue = queue(Runnable::run, 100);
        queue.add(item("a", "f0", 1));

        queue.abandon();
        queue.awaitAll();

        assertThat(put).isEmpty();
    }

    @Test
    void putsNothingOfAGroupThatWasHandedOverAndNotBegunWhenItIsAbandoned() {
        RestoreQueue queue =
                new RestoreQueue(later, true, 8, 2, item -> put.add(item.entry().name()));
        queue.add(item("a", "f0", 1));
        queue.add(item("a", "f1", 1));

        queue.abandon();
        runHandedOver();

        assertThat(put).isEmpty();
    }

    @Test
    void putsNothingMoreAfterAFailureAndThrowsIt() {
        RestoreQueue queue = new RestoreQueue(Runnable::run, false, 8, 2, item -> {
            put.add(item.entry().name());
            throw new IllegalStateException("the store is gone");
        });

        IntStream.range(0, 4).forEach(i -> queue.add(item("a", "f" + i, 1)));
        queue.awaitAll();

        assertThat(put).containsExactly("f0");
        assertThatThrownBy(queue::requireSound).hasMessage("the store is gone");
    }

    @Test
    void leavesNoSlotTakenWhenTheWorkersRefuse() {
        RestoreQueue queue = new RestoreQueue(
                work -> {
                    throw new IllegalStateException("shut down");
                },
                false,
                1,
                1,
                item -> {});

        assertThatThrownBy(() -> queue.add(item("a", "f0", 1))).hasMessage("shut down");

        queue.awaitAll();
    }
}
