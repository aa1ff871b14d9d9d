// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.observe.SessionEvent;
import io.holdfast.observe.SessionListener;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events to a listener, in order, one at a time, on a thread of the runtime.
 *
 * <p>Bounded: while the listener is slow, progress is merged into the newest, and who tells anything else waits when
 * {@value #CAPACITY} events are waiting; nothing but progress is ever dropped.
 */
final class EventQueue {
    private static final Logger LOG = LoggerFactory.getLogger(EventQueue.class);
    private static final int CAPACITY = 1024;

    private final SessionListener listener;
    private final Executor executor;
    private final ArrayDeque<SessionEvent> waiting = new ArrayDeque<>();
    private SessionEvent.@Nullable Progress progress;
    private boolean draining;
    private @Nullable Thread drainer;
    private boolean complained;

    EventQueue(SessionListener listener, Executor executor) {
        this.listener = listener;
        this.executor = executor;
    }

    void tell(SessionEvent event) {
        synchronized (this) {
            if (event instanceof SessionEvent.Progress newest) {
                progress = newest;
            } else {
                awaitRoom();
                moveProgress();
                waiting.addLast(event);
            }
            if (draining) {
                return;
            }
            draining = true;
        }
        boolean taken = false;
        try {
            executor.execute(this::drain);
            taken = true;
        } finally {
            if (!taken) {
                letGo();
            }
        }
    }

    /** No thread is to be had for the listener: who waits for it would wait for ever. */
    private synchronized void letGo() {
        draining = false;
        waiting.clear();
        notifyAll();
    }

    /** Waits until the listener has heard everything. */
    synchronized void await() {
        boolean interrupted = false;
        while (draining && Thread.currentThread() != drainer) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The listener may cause events itself: its own thread must not wait for itself. */
    private synchronized void awaitRoom() {
        boolean interrupted = false;
        while (waiting.size() >= CAPACITY && Thread.currentThread() != drainer) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void moveProgress() {
        if (progress != null) {
            waiting.addLast(progress);
            progress = null;
        }
    }

    private void drain() {
        while (true) {
            SessionEvent next;
            synchronized (this) {
                drainer = Thread.currentThread();
                if (waiting.isEmpty()) {
                    moveProgress();
                }
                SessionEvent first = waiting.pollFirst();
                if (first == null) {
                    draining = false;
                    drainer = null;
                    notifyAll();
                    return;
                }
                next = first;
                notifyAll();
            }
            deliver(next);
        }
    }

    private void deliver(SessionEvent event) {
        try {
            listener.onEvent(event);
        } catch (RuntimeException | Error e) {
            // Errors as well: a listener that is broken must not leave the session waiting for it.
            if (!complained) {
                complained = true;
                LOG.warn("The session listener threw on {}; further errors of it are not logged", event.kind(), e);
            }
        }
    }
}
