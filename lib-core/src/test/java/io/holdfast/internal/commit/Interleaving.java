// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import io.holdfast.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs several processes so that exactly one moves at a time, and a seed decides at each store call who is next. */
final class Interleaving {
    private final SplittableRandom random;
    private final List<Task> tasks = new ArrayList<>();
    private final Semaphore control = new Semaphore(0);
    private final Map<Thread, Task> current = new ConcurrentHashMap<>();

    Interleaving(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** What became of a process. */
    record Result(@Nullable Object value, @Nullable Throwable failure) {
        boolean succeeded() {
            return failure == null;
        }

        boolean failedWith(ErrorCode code) {
            return failure instanceof HoldfastException known && known.code() == code;
        }
    }

    private static final class Task {
        private final Callable<?> work;
        private final Semaphore turn = new Semaphore(0);
        private volatile @Nullable Result result;

        Task(Callable<?> work) {
            this.work = work;
        }
    }

    /** A store at whose calls a process waits for its turn. */
    ObjectStore gate(ObjectStore store) {
        return new HookedStore(store, call -> {
            Task task = current.get(Thread.currentThread());
            if (task != null) {
                control.release();
                task.turn.acquireUninterruptibly();
            }
        });
    }

    void add(Callable<?> work) {
        tasks.add(new Task(work));
    }

    List<Result> run() {
        List<Thread> threads = new ArrayList<>();
        for (Task task : tasks) {
            Thread thread = new Thread(() -> {
                current.put(Thread.currentThread(), task);
                task.turn.acquireUninterruptibly();
                try {
                    task.result = new Result(task.work.call(), null);
                } catch (Throwable failed) {
                    task.result = new Result(null, failed);
                }
                control.release();
            });
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        List<Task> open = new ArrayList<>(tasks);
        while (!open.isEmpty()) {
            Task next = open.get(random.nextInt(open.size()));
            next.turn.release();
            awaitControl();
            open.removeIf(task -> task.result != null);
        }
        return tasks.stream().map(task -> task.result).toList();
    }

    private void awaitControl() {
        try {
            if (!control.tryAcquire(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a process neither ended nor called the store");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
