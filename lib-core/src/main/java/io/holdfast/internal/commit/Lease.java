// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import io.holdfast.error.RepositoryBusyException;
import io.holdfast.internal.format.LeaseRecord;
import io.holdfast.internal.format.RecordId;
import io.holdfast.runtime.TimeSource;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lease that this process holds until it closes it or loses it.
 *
 * <p>Somebody must call {@link #beatIfDue()} often enough, or {@link #keepAlive()} once. Losing the lease endangers nothing: the commit of who lost it fails.
 * Safe for use by several threads.
 */
public final class Lease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

    private final UnlockedRepository repository;
    private final LeaseObject object;
    private final Claimed claimed;
    private final LeaseTiming timing;
    private final TimeSource time;
    private final ReentrantLock lock = new ReentrantLock();
    private LeaseRecord state;
    private long beatNanos;
    private boolean lost;
    private boolean closed;
    private @Nullable Future<?> heart;

    Lease(UnlockedRepository repository, LeaseObject object, Claimed claimed, LeaseTiming timing) {
        this.repository = repository;
        this.object = object;
        this.claimed = claimed;
        this.timing = timing;
        this.time = repository.runtime().time();
        this.state = claimed.state();
        this.beatNanos = time.nanos();
    }

    /**
     * How the lease was claimed.
     *
     * @param state what was written
     * @param before what stood there before, if it opened
     * @param takenOver whether it was held by somebody who had not released it
     */
    record Claimed(LeaseRecord state, Optional<LeaseRecord> before, boolean takenOver) {}

    /**
     * Whether the lease was held by somebody who had not released it; then a fence comes before anything else.
     *
     * @return true if it was taken over
     */
    public boolean isTakenOver() {
        return claimed.takenOver();
    }

    /**
     * The newest record that the holder before knew of: a witness.
     *
     * @return the record, or empty if there was none
     */
    public Optional<RecordId> witnessed() {
        return claimed.before().flatMap(LeaseRecord::last);
    }

    /**
     * The epoch that the lease has on record.
     *
     * @return the epoch
     */
    public long epoch() {
        lock.lock();
        try {
            return state.epoch();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Notes what the lease shall say from its next beat on.
     *
     * @param epoch the epoch that its holder writes under
     * @param last the newest record of the lineage
     */
    public void note(long epoch, Optional<RecordId> last) {
        lock.lock();
        try {
            state = new LeaseRecord(
                    state.owner(),
                    state.claim(),
                    state.counter(),
                    epoch,
                    state.released(),
                    last.isPresent() ? last : state.last(),
                    state.since(),
                    state.beat());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Raises the counter if a beat is due. What the store refuses is tried again at the next beat.
     *
     * @return whether the lease is still held, as far as is known
     */
    public boolean beatIfDue() {
        lock.lock();
        try {
            if (!lost && !closed && time.nanos() - beatNanos >= timing.beat().toNanos()) {
                beatNanos = time.nanos();
                write(false);
            }
            return !lost;
        } catch (HoldfastException unreachable) {
            LOG.warn("The beat of a lease failed: {}", unreachable.toString());
            return !lost;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Refuses to go on if the lease was lost.
     *
     * @throws RepositoryBusyException if another session took it over; says which
     */
    public void requireHeld() {
        if (!beatIfDue()) {
            LeaseObject.Found found = object.read();
            throw new RepositoryBusyException(
                    ErrorCode.REPOSITORY_BUSY,
                    "the lease of this session was taken over: "
                            + found.lease()
                                    .map(lease -> lease.owner() + " since " + lease.since())
                                    .orElse("it is gone"),
                    "Run the session again when the other one has ended");
        }
    }

    private void write(boolean release) {
        LeaseObject.Found found = object.read();
        lost = found.lease().filter(state::isSameClaim).isEmpty();
        if (lost) {
            return;
        }
        LeaseRecord next = new LeaseRecord(
                state.owner(),
                state.claim(),
                state.counter() + 1,
                state.epoch(),
                release,
                state.last(),
                state.since(),
                time.now());
        if (object.write(next, found)) {
            state = next;
        }
    }

    /**
     * Beats in the background, on a thread of the runtime, until the lease is closed or lost. Does nothing where time is simulated: there whoever works
     * calls {@link #beatIfDue()}.
     */
    public void keepAlive() {
        lock.lock();
        try {
            if (heart == null && !closed && !repository.runtime().isSimulated()) {
                heart = repository.runtime().background().submit(this::beatUntilClosed);
            }
        } finally {
            lock.unlock();
        }
    }

    private void beatUntilClosed() {
        try {
            while (beatIfDue()) {
                time.sleep(timing.poll());
            }
        } catch (InterruptedException closedMeanwhile) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Lets go before anything was done under the lease: one that was taken over is handed back as it stood, so that the next one takes it over
     * too and fences the writer before, which this session has not done.
     */
    void abandon() {
        lock.lock();
        try {
            if (!claimed.takenOver()) {
                close();
                return;
            }
            closed = true;
            LeaseObject.Found found = object.read();
            if (found.lease().filter(state::isSameClaim).isPresent()
                    && claimed.before().isPresent()) {
                object.write(claimed.before().get().withCounter(state.counter() + 1), found);
            }
        } catch (HoldfastException unreachable) {
            LOG.warn("A lease could not be handed back: {}", unreachable.toString());
        } finally {
            lock.unlock();
        }
    }

    /** Marks the lease released, unless it was lost; as well as it goes, since who comes next can wait or see that this process is gone. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            Future<?> beating = heart;
            if (beating != null) {
                beating.cancel(true);
            }
            if (!lost) {
                write(true);
            }
        } catch (HoldfastException unreachable) {
            LOG.warn("A lease could not be released: {}", unreachable.toString());
        } finally {
            lock.unlock();
        }
    }
}
