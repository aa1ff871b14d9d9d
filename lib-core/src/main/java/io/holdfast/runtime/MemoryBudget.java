// SPDX-License-Identifier: Apache-2.0
package io.holdfast.runtime;

import io.holdfast.model.ByteSize;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The bytes that content may occupy in memory: the only thing that admits content, first come, first served.
 *
 * <p>Safe for use by several threads. Waiting for it is the back-pressure that reaches the source. A request larger than the whole
 * budget is cut to the budget, so that one giant item waits for everything else and then goes alone.
 */
public final class MemoryBudget {
    private final long total;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Condition> queue = new ArrayDeque<>();
    private long free;

    /**
     * A budget of a given size.
     *
     * @param size the size, at least one byte
     */
    public MemoryBudget(ByteSize size) {
        this.total = size.bytes();
        if (total < 1) {
            throw new IllegalArgumentException("memory budget is " + size + "; it must be at least 1 byte");
        }
        this.free = total;
    }

    /**
     * Waits until bytes are free and takes them.
     *
     * @param bytes how many, not negative; more than the whole budget counts as the whole
     * @return what gives them back when closed
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public Reservation reserve(long bytes) throws InterruptedException {
        return reserveUpTo(bytes, bytes);
    }

    /**
     * Waits until some bytes are free, and takes those and whatever else is free up to a bound.
     *
     * @param least how many it waits for, not negative; more than the whole budget counts as the whole
     * @param most how many it takes if they are free without further waiting, at least {@code least}
     * @return what gives them back when closed
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public Reservation reserveUpTo(long least, long most) throws InterruptedException {
        if (most < least) {
            throw new IllegalArgumentException("reservation of " + least + " to " + most + " bytes");
        }
        long wanted = Math.min(requireNotNegative(least), total);
        lock.lock();
        try {
            if (!queue.isEmpty() || free < wanted) {
                awaitTurn(wanted);
            }
            long taken = Math.min(most, free);
            free -= taken;
            return new Reservation(this, taken);
        } finally {
            wakeFirst();
            lock.unlock();
        }
    }

    private void awaitTurn(long wanted) throws InterruptedException {
        Condition turn = lock.newCondition();
        queue.addLast(turn);
        try {
            while (queue.peekFirst() != turn || free < wanted) {
                turn.await();
            }
        } finally {
            queue.remove(turn);
        }
    }

    /**
     * How many bytes are free now.
     *
     * @return bytes
     */
    public long freeBytes() {
        lock.lock();
        try {
            return free;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The size of the whole budget.
     *
     * @return bytes
     */
    public long totalBytes() {
        return total;
    }

    private static long requireNotNegative(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("reservation of " + bytes + " bytes; it must not be negative");
        }
        return bytes;
    }

    private void giveBack(long bytes) {
        lock.lock();
        try {
            free += bytes;
            wakeFirst();
        } finally {
            lock.unlock();
        }
    }

    private void wakeFirst() {
        Condition first = queue.peekFirst();
        if (first != null) {
            first.signal();
        }
    }

    /** Bytes taken from a budget; closing gives them back, once. */
    public static final class Reservation implements AutoCloseable {
        private final MemoryBudget budget;
        private long held;

        private Reservation(MemoryBudget budget, long held) {
            this.budget = Objects.requireNonNull(budget);
            this.held = held;
        }

        /**
         * How much it holds.
         *
         * @return bytes; 0 once it is closed
         */
        public synchronized long bytes() {
            return held;
        }

        /** Gives the bytes back; later calls do nothing. */
        @Override
        public synchronized void close() {
            long back = held;
            held = 0;
            if (back > 0) {
                budget.giveBack(back);
            }
        }
    }
}
