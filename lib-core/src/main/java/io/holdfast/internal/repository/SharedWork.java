// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.SessionException;
import io.holdfast.runtime.HoldfastRuntime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Shares pieces of work among as many workers as a runtime allows; each worker takes the next piece when it is done with one. */
final class SharedWork {
    private final HoldfastRuntime runtime;

    SharedWork(HoldfastRuntime runtime) {
        this.runtime = runtime;
    }

    /** Does all pieces; the first failure ends the work and is thrown. The iterator is asked by one thread at a time. */
    <T> void forEach(Iterator<T> pieces, Consumer<T> work) {
        Pieces<T> shared = new Pieces<>(pieces);
        List<FutureTask<Boolean>> workers = new ArrayList<>();
        for (int i = 0; i < runtime.parallelism(); i++) {
            FutureTask<Boolean> worker = new FutureTask<>(() -> drain(shared, work), Boolean.TRUE);
            workers.add(worker);
            runtime.workers().execute(worker);
        }
        if (runtime.mayLackThreads()) {
            // Whose threads are all busy does it here: one who has begun is not run twice.
            workers.forEach(FutureTask::run);
        }
        await(workers, shared);
    }

    private static <T> void drain(Pieces<T> shared, Consumer<T> work) {
        boolean done = false;
        try {
            for (Optional<T> piece = shared.next(); piece.isPresent(); piece = shared.next()) {
                work.accept(piece.get());
            }
            done = true;
        } finally {
            if (!done) {
                shared.end();
            }
        }
    }

    private static void await(List<FutureTask<Boolean>> workers, Pieces<?> shared) {
        Throwable failure = null;
        for (FutureTask<Boolean> worker : workers) {
            try {
                worker.get();
            } catch (ExecutionException failed) {
                failure = failure == null ? failed.getCause() : failure;
            } catch (InterruptedException interrupted) {
                shared.end();
                workers.forEach(other -> other.cancel(true));
                Thread.currentThread().interrupt();
                throw new SessionException(
                        ErrorCode.SESSION_INTERRUPTED, "the verification was interrupted", "Run it again", interrupted);
            }
        }
        rethrow(failure);
    }

    private static void rethrow(@Nullable Throwable failure) {
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw new IllegalStateException("work failed with a checked exception", failure);
        }
    }

    /** The pieces that nobody has taken yet. */
    private static final class Pieces<T> {
        private final Iterator<T> left;
        private boolean ended;

        Pieces(Iterator<T> left) {
            this.left = left;
        }

        synchronized Optional<T> next() {
            return ended || !left.hasNext() ? Optional.empty() : Optional.of(left.next());
        }

        synchronized void end() {
            ended = true;
        }
    }
}
