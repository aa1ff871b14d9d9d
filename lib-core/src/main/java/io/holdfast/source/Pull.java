// SPDX-License-Identifier: Apache-2.0
package io.holdfast.source;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A lazy sequence that the engine pulls from, one element at a time; for one thread at a time.
 *
 * <p>What an element lends, such as a stream, is valid until the next pull. Pulling may throw
 * {@link io.holdfast.retry.FailureException}; then the sequence is over and the call that made it may be repeated.
 *
 * @param <T> what is pulled
 */
public interface Pull<T> extends AutoCloseable {

    /**
     * The next element.
     *
     * @return the element, or null at the end
     */
    @Nullable
    T next();

    /** Ends the sequence early or late; may be called again. */
    @Override
    void close();

    /**
     * A sequence over elements that are there already.
     *
     * @param elements the elements, none null
     * @param <T> what is pulled
     * @return the sequence
     */
    static <T> Pull<T> of(Iterable<? extends T> elements) {
        Iterator<? extends T> iterator = elements.iterator();
        return new Pull<>() {
            @Override
            public @Nullable T next() {
                try {
                    return iterator.hasNext() ? Objects.requireNonNull(iterator.next()) : null;
                } catch (NoSuchElementException e) {
                    throw new IllegalStateException("elements changed while they were pulled", e);
                }
            }

            @Override
            public void close() {
                // nothing is held
            }
        };
    }
}
