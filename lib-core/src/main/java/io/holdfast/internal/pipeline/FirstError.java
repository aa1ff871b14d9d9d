// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The error that ends a session or a restore: the first one counts. Safe for use by several threads. */
final class FirstError {
    private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();

    /** Remembers an error, unless there was one before. */
    void set(Throwable error) {
        first.compareAndSet(null, error);
    }

    boolean isSet() {
        return first.get() != null;
    }

    /** Throws the error, if there was one. */
    void throwIfSet() {
        Throwable error = first.get();
        if (error instanceof RuntimeException e) {
            throw e;
        }
        if (error instanceof Error e) {
            throw e;
        }
    }
}
