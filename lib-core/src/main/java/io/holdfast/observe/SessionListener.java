// SPDX-License-Identifier: Apache-2.0
package io.holdfast.observe;

/**
 * Hears what a session does, event by event, in order.
 *
 * <p>Events come on a thread of the runtime, never two at once. Progress events are merged when a listener is slow; all others are
 * kept. What a listener throws is logged once and otherwise ignored: it never harms the session.
 */
@FunctionalInterface
public interface SessionListener {

    /**
     * Something happened. New kinds of events may come in minor releases: have a default branch.
     *
     * @param event what happened
     */
    void onEvent(SessionEvent event);

    /**
     * Hears nothing.
     *
     * @return a listener that ignores all events
     */
    static SessionListener none() {
        return event -> {};
    }
}
