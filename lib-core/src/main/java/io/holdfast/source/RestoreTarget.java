// SPDX-License-Identifier: Apache-2.0
package io.holdfast.source;

import java.util.List;

/**
 * The role that takes items back, for the length of one restore.
 *
 * <p>Containers come before what they hold, one at a time; other items may then come from several threads. Every call may be repeated after a failure or a crash: what carries the item's tag already
 * is not created again. Nothing is ever sent to anybody, and nothing is ever deleted. Opening a target changes nothing: a rehearsal opens one
 * and puts nothing.
 */
public interface RestoreTarget extends AutoCloseable {

    /**
     * Where the items go, for messages.
     *
     * @return a place, without secrets
     */
    String describe();

    /**
     * Puts one item, container or not, in its place.
     *
     * @param item the item
     * @return what happened
     * @throws io.holdfast.error.TargetException if the target refuses the item; or {@link io.holdfast.retry.FailureException}
     */
    Placement put(RestoreItem item);

    /**
     * How many items of one container one thread puts in a row. Calls to a service want 1, the default: each item waits for an answer. For
     * a place on this machine handing an item to another thread costs more than writing it, and two threads in one folder wait for
     * each other.
     *
     * @return at least 1
     */
    default int putsInARow() {
        return 1;
    }

    /** Completes what could only be done after all items, such as the times of folders. */
    void finish();

    /**
     * What was left out of items that are there, such as a permission of somebody who is gone; asked once, after {@link #finish}.
     *
     * @return a line for each, at most 10,000, without secrets
     */
    default List<String> remarks() {
        return List.of();
    }

    /** Lets go of the target; what was put stays. */
    @Override
    void close();

    /** What happened to an item. */
    enum Placement {
        /** It was created, or written over what was there. */
        RESTORED,
        /** This restore had created it before; of a container also that one of its name stands there and serves. */
        ALREADY_THERE,
        /** Something else stands there, and was left. */
        SKIPPED
    }
}
