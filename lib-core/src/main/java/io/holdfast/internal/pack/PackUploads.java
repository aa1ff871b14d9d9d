// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.RepositoryException;
import io.holdfast.internal.format.PackRef;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStat;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.PutResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Puts full packs to the store, a bounded number at a time.
 *
 * <p>Safe for use by several threads. Who has to wait runs the oldest upload itself if nobody has begun it, so that an executor without
 * a free thread delays nothing, and one that runs its tasks in the caller's thread works as well. After the first failure nothing more is put.
 * Waiting does not heed interrupts: an interrupted session still wants its checkpoint.
 */
final class PackUploads {
    private final ObjectStore store;
    private final Executor executor;
    private final PackListener listener;
    private final int limit;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<FutureTask<@Nullable Void>> running = new ArrayDeque<>();
    private final List<PackRef> submitted = new ArrayList<>();
    private int reserved;
    private long changes;
    private long packs;
    private long bytes;
    private volatile @Nullable Throwable failure;

    PackUploads(ObjectStore store, Executor executor, PackListener listener, int limit) {
        this.store = store;
        this.executor = executor;
        this.listener = listener;
        this.limit = limit;
    }

    /** Waits until one more pack may be on its way. Each call is followed by one of {@link #submit} or {@link #release}. */
    void reserve() {
        lock.lock();
        try {
            while (reserved >= limit) {
                awaitChange();
            }
            reserved++;
        } finally {
            lock.unlock();
        }
    }

    /** Gives a reservation back unused. */
    void release() {
        lock.lock();
        try {
            reserved--;
            signalChange();
        } finally {
            lock.unlock();
        }
    }

    /** Starts an upload under a reservation; the pack's buffer belongs to it from now on. */
    void submit(FinishedPack pack) {
        Upload upload = new Upload(pack);
        lock.lock();
        try {
            submitted.add(pack.ref());
            running.addLast(upload.task);
            signalChange();
        } finally {
            lock.unlock();
        }
        try {
            executor.execute(upload.task);
        } catch (RejectedExecutionException closed) {
            upload.task.run();
        }
    }

    /** The packs that were submitted since the last call, and all uploads that have not ended. */
    Batch cut() {
        lock.lock();
        try {
            Batch batch = new Batch(List.copyOf(submitted), List.copyOf(running));
            submitted.clear();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the uploads of a batch, not for later ones, and returns its packs, in the order in which they were submitted. */
    List<PackRef> await(Batch batch) {
        lock.lock();
        try {
            while (running.stream().anyMatch(batch.uploads()::contains)) {
                awaitChange();
            }
        } finally {
            lock.unlock();
        }
        throwIfFailed();
        return batch.packs();
    }

    /** What a flush waits for. */
    record Batch(List<PackRef> packs, List<FutureTask<@Nullable Void>> uploads) {}

    /** Waits for all uploads, however they end. */
    void settle() {
        lock.lock();
        try {
            while (!running.isEmpty()) {
                awaitChange();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Makes every later call fail with this. */
    void fail(Throwable cause) {
        lock.lock();
        try {
            if (failure == null) {
                failure = cause;
            }
        } finally {
            lock.unlock();
        }
    }

    void throwIfFailed() {
        Throwable cause = failure;
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (cause instanceof Error error) {
            throw error;
        }
    }

    long packs() {
        lock.lock();
        try {
            return packs;
        } finally {
            lock.unlock();
        }
    }

    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /** Runs the oldest upload here if nobody has begun it, and returns after some change. Called with the lock held. */
    private void awaitChange() {
        long before = changes;
        FutureTask<@Nullable Void> oldest = running.peekFirst();
        if (oldest != null) {
            lock.unlock();
            try {
                oldest.run();
            } finally {
                lock.lock();
            }
        }
        while (changes == before) {
            changed.awaitUninterruptibly();
        }
    }

    private void signalChange() {
        changes++;
        changed.signalAll();
    }

    private void put(FinishedPack pack) {
        ObjectName name = new ObjectName(pack.ref().objectName());
        if (HashNamedObject.put(store, name, pack.buffer().body()) == PutResult.REFUSED) {
            Optional<Long> there = store.stat(name).map(ObjectStat::length);
            if (!there.equals(Optional.of(pack.ref().length()))) {
                throw new RepositoryException(
                        ErrorCode.REPOSITORY_DAMAGED,
                        "object '" + name + "' exists with "
                                + there.map(Object::toString).orElse("no") + " bytes where a pack of "
                                + pack.ref().length() + " bytes belongs",
                        "Run verify and remove the damaged object");
            }
        }
    }

    /** One upload; its task never throws. */
    private final class Upload {
        private final FinishedPack pack;
        private final FutureTask<@Nullable Void> task = new FutureTask<>(this::run, null);

        Upload(FinishedPack pack) {
            this.pack = pack;
        }

        private void run() {
            try {
                if (failure == null) {
                    put(pack);
                    listener.packWritten(pack.ref(), pack.directory());
                }
            } catch (RuntimeException | Error failed) {
                fail(failed);
            } finally {
                end();
            }
        }

        private void end() {
            long length = pack.ref().length();
            pack.buffer().recycle();
            lock.lock();
            try {
                running.remove(task);
                reserved--;
                if (failure == null) {
                    packs++;
                    bytes += length;
                }
                signalChange();
            } finally {
                lock.unlock();
            }
        }
    }
}
