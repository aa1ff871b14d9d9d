// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BoundedTasksTest {
    private final ArrayDeque<Runnable> handedOver = new ArrayDeque<>();
    /** Threads that are all busy with something else. */
    private final Executor never = handedOver::add;

    private final List<String> done = new ArrayList<>();
    private final List<Throwable> failed = new ArrayList<>();

    private BoundedTasks helping(int count) {
        return new BoundedTasks(never, true, count, failed::add);
    }

    @Test
    void whoWaitsForAPlaceRunsTheOldestTaskThatNobodyHasBegun() {
        BoundedTasks tasks = helping(2);

        tasks.run(() -> done.add("first"));
        tasks.run(() -> done.add("second"));
        assertThat(done).isEmpty();
        tasks.run(() -> done.add("third"));

        assertThat(done).containsExactly("first");
    }

    @Test
    void whoWaitsForTheEndRunsAllTasksThatNobodyHasBegunAndEachOnce() {
        BoundedTasks tasks = helping(3);
        tasks.run(() -> done.add("first"));
        tasks.run(() -> done.add("second"));

        tasks.await();
        handedOver.forEach(Runnable::run);
        tasks.awaitQuietly();

        assertThat(done).containsExactly("first", "second");
    }

    @Test
    void aTaskMayBringAndAwaitOthersWithoutAnyThread() {
        BoundedTasks outer = helping(1);
        BoundedTasks inner = helping(2);

        outer.run(() -> {
            for (int i = 0; i < 5; i++) {
                int task = i;
                inner.run(() -> done.add("inner " + task));
            }
            inner.await();
            done.add("outer");
        });
        outer.await();

        assertThat(done).containsExactly("inner 0", "inner 1", "inner 2", "inner 3", "inner 4", "outer");
    }

    @Test
    void nobodyHelpsWhereEveryTaskHasAThread() {
        BoundedTasks tasks = new BoundedTasks(never, false, 2, failed::add);
        tasks.run(() -> done.add("first"));

        assertThat(tasks.help()).isFalse();

        assertThat(done).isEmpty();
    }

    @Test
    void whatATaskThrowsIsToldAndItsPlaceIsFree() {
        BoundedTasks tasks = new BoundedTasks(Runnable::run, false, 1, failed::add);

        tasks.run(() -> {
            throw new IllegalStateException("broken");
        });
        tasks.run(() -> done.add("next"));
        tasks.await();

        assertThat(failed).singleElement().satisfies(error -> assertThat(error).hasMessage("broken"));
        assertThat(done).containsExactly("next");
    }

    @Test
    void anInterruptedThreadBringsNothingAndWaitsForNothing() {
        BoundedTasks tasks = helping(1);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> tasks.run(() -> done.add("task"))).isInstanceOf(CancellationException.class);
        assertThatThrownBy(tasks::await).isInstanceOf(CancellationException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(done).isEmpty();
    }
}
