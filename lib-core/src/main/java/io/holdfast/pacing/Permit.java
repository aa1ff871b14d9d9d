// SPDX-License-Identifier: Apache-2.0
package io.holdfast.pacing;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The right to send one request, once. Whoever holds it tells the answer as soon as its headers are there, and closes it when the body is read.
 *
 * <p>Safe for use by several threads. Closing without an answer counts as one that was lost.
 */
public final class Permit implements AutoCloseable {
    private final Pacer pacer;
    private final PacedRequest request;
    private List<Node> countedAt = List.of();
    private final AtomicBoolean answered = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    Permit(Pacer pacer, PacedRequest request) {
        this.pacer = pacer;
        this.request = request;
    }

    /** Where it was counted, from the narrowest scope out; guarded by the pacer's lock. */
    List<Node> countedAt() {
        return countedAt;
    }

    void countAt(List<Node> nodes) {
        countedAt = nodes;
    }

    /**
     * What may be sent.
     *
     * @return the request
     */
    public PacedRequest request() {
        return request;
    }

    /**
     * Tells what became of the request; the first answer counts.
     *
     * @param answer the answer
     */
    public void answered(Answer answer) {
        Objects.requireNonNull(answer, "answer");
        if (answered.compareAndSet(false, true)) {
            pacer.answered(this, answer);
        }
    }

    /** Gives the slot back. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            answered(new Answer.Lost());
            pacer.released(this);
        }
    }
}
