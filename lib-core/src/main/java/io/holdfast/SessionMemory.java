// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.SessionException;
import io.holdfast.internal.pack.BlobWriterSettings;
import io.holdfast.model.ByteSize;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.runtime.MemoryBudget;
import java.util.Optional;

/**
 * The memory of one backup session: a share of the runtime's that it takes at once, before it holds anything, and keeps to its end.
 *
 * <p>Were each buffer taken from the runtime's budget when it is needed, several sessions could hold parts of it and wait for one another for
 * ever.
 */
final class SessionMemory implements AutoCloseable {
    /** Twice the smallest writer: it takes half, and one stream and the tasks that are let in at once take the other. */
    static final ByteSize LEAST = ByteSize.mebibytes(25);

    private static final ByteSize LEAST_SHARE = ByteSize.mebibytes(64);

    private final MemoryBudget budget;
    private final Optional<MemoryBudget.Reservation> share;

    private SessionMemory(long bytes, Optional<MemoryBudget.Reservation> share) {
        this.budget = new MemoryBudget(ByteSize.bytes(bytes));
        this.share = share;
    }

    /** Memory that the host gives this session beside the runtime's. */
    static SessionMemory of(ByteSize own) {
        return new SessionMemory(own.bytes(), Optional.empty());
    }

    /** Waits for a share of the runtime's memory: as much as a session can use well, if that much is free. */
    static SessionMemory share(HoldfastRuntime runtime) {
        MemoryBudget all = runtime.memory();
        if (all.totalBytes() < LEAST.bytes()) {
            throw new SessionException(
                    ErrorCode.SESSION_CONFIGURATION,
                    "the memory budget of the runtime is " + ByteSize.bytes(all.totalBytes())
                            + "; a session needs at least " + LEAST,
                    "Give the runtime more memory, or start the JVM with a larger -Xmx",
                    null);
        }
        long most = BlobWriterSettings.defaults(runtime.parallelism()).maximumBytes() * 2;
        long least = Math.min(LEAST_SHARE.bytes(), all.totalBytes());
        try {
            MemoryBudget.Reservation share = all.reserveUpTo(least, Math.max(least, most));
            return new SessionMemory(share.bytes(), Optional.of(share));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SessionException(
                    ErrorCode.SESSION_INTERRUPTED,
                    "interrupted while waiting for " + ByteSize.bytes(least) + " of the runtime's memory",
                    "Run the session again",
                    e);
        }
    }

    /** What everything of the session takes its bytes from. */
    MemoryBudget budget() {
        return budget;
    }

    @Override
    public void close() {
        share.ifPresent(MemoryBudget.Reservation::close);
    }
}
