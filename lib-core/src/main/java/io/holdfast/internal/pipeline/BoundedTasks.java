// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.runtime.HoldfastRuntime;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Runs tasks beside their callers, a bounded number at once; safe for use by several threads.
 *
 * <p>Whoever brings a task waits for a free place: that is the back-pressure. Where the threads may be too few, who waits runs the oldest task
 * himself that nobody has begun: tasks of sessions bring tasks, and would otherwise hold all the threads that those need.
 */
final class BoundedTasks {
    private final Executor workers;
    private final boolean helping;
    private final int count;
    private final Consumer<Throwable> failed;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Task> unbegun = new ArrayDeque<>();
    private int begun;

    /**
     * None yet.
     *
     * @param runtime whose threads run them
     * @param count how many at once
     * @param failed takes what a task throws: one that dies silently would lose its items
     */
    BoundedTasks(HoldfastRuntime runtime, int count, Consumer<Throwable> failed) {
        this(runtime.workers(), runtime.mayLackThreads(), count, failed);
    }

    BoundedTasks(Executor workers, boolean helping, int count, Consumer<Throwable> failed) {
        this.workers = workers;
        this.helping = helping;
        this.count = count;
        this.failed = failed;
    }

    /** Something to do, told from another by its identity. */
    private static final class Task {
        private final Runnable work;

        Task(Runnable work) {
            this.work = work;
        }
    }

    /** Runs a task as soon as a place is free. */
    void run(Runnable work) {
        Task task = new Task(work);
        lock.lock();
        try {
            awaitPlaces(count - 1);
            unbegun.addLast(task);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        boolean handedOver = false;
        try {
            workers.execute(() -> runIfUnbegun(task));
            handedOver = true;
        } finally {
            if (!handedOver) {
                withdraw(task);
            }
        }
    }

    /** Runs the oldest task here that nobody has begun; does nothing where every task has a thread of its own. */
    boolean help() {
        lock.lock();
        try {
            return helpLocked();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until no task is running any more; stops if the thread is interrupted. */
    void await() {
        lock.lock();
        try {
            awaitPlaces(0);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until no task is running any more, whatever happens. */
    void awaitQuietly() {
        lock.lock();
        try {
            while (open() > 0) {
                if (!helpLocked()) {
                    changed.awaitUninterruptibly();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private int open() {
        return unbegun.size() + begun;
    }

    private void awaitPlaces(int mostOpen) {
        requireUninterrupted();
        while (open() > mostOpen) {
            if (!helpLocked()) {
                try {
                    changed.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            requireUninterrupted();
        }
    }

    private static void requireUninterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw SessionShared.stopped();
        }
    }

    /** Called with the lock held, which is let go while the task runs; if it was not, nothing has changed. */
    private boolean helpLocked() {
        Task oldest = helping ? unbegun.pollFirst() : null;
        if (oldest == null) {
            return false;
        }
        begun++;
        lock.unlock();
        try {
            runBegun(oldest);
        } finally {
            lock.lock();
        }
        return true;
    }

    private void withdraw(Task task) {
        lock.lock();
        try {
            if (unbegun.remove(task)) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void runIfUnbegun(Task task) {
        lock.lock();
        try {
            if (!unbegun.remove(task)) {
                return;
            }
            begun++;
        } finally {
            lock.unlock();
        }
        runBegun(task);
    }

    private void runBegun(Task task) {
        try {
            task.work.run();
        } catch (RuntimeException | Error e) {
            failed.accept(e);
        } finally {
            lock.lock();
            try {
                begun--;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
