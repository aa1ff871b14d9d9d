// SPDX-License-Identifier: Apache-2.0
package io.holdfast.runtime;

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a listener what changed: in order, one at a time, on the thread that brought the change about, and none of it lost.
 *
 * <p>Safe for use by several threads. In two steps, so that a listener never runs under a lock: {@link #add} where the state changes, and
 * {@link #deliver} when the lock is released. What a listener throws is logged once and otherwise ignored.
 *
 * @param <E> what is told
 */
public final class Announcer<E> {
    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

    private final Consumer<? super E> listener;
    private final ArrayDeque<E> waiting = new ArrayDeque<>();
    private boolean delivering;
    private boolean complained;

    /**
     * An announcer.
     *
     * @param listener hears everything; should return soon, since whoever brought the change about waits for it
     */
    public Announcer(Consumer<? super E> listener) {
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    /**
     * Puts an event in the row; nobody hears it yet.
     *
     * @param event what changed
     */
    public synchronized void add(E event) {
        waiting.addLast(Objects.requireNonNull(event, "event"));
    }

    /** Tells all that waits, unless another thread is about to; the caller holds no lock. */
    public void deliver() {
        E event = begin();
        while (event != null) {
            tell(event);
            event = next();
        }
    }

    private synchronized @Nullable E begin() {
        if (delivering || waiting.isEmpty()) {
            return null;
        }
        delivering = true;
        return waiting.removeFirst();
    }

    private synchronized @Nullable E next() {
        E event = waiting.pollFirst();
        delivering = event != null;
        return event;
    }

    private void tell(E event) {
        try {
            listener.accept(event);
        } catch (RuntimeException e) {
            if (!complained) {
                complained = true;
                LOG.warn("a listener threw at {}; further errors of it are not logged", event, e);
            }
        }
    }
}
