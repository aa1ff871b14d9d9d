// SPDX-License-Identifier: Apache-2.0
package io.holdfast.drift;

import java.time.Instant;
import java.util.Objects;

/**
 * A service answered something for the first time. Told once; nothing has failed because of it.
 *
 * @param kind what is new
 * @param operation in the answer of which operation
 * @param path where in the answer, such as {@code value[].importance}; empty for a code
 * @param what the code, the value or the type; empty for a field and for {@code FULL}
 * @param at when
 */
public record DriftEvent(Kind kind, String operation, String path, String what, Instant at) {

    /** Checks for null. */
    public DriftEvent {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(at, "at");
    }

    /** What is new. More may come in minor releases. */
    public enum Kind {
        /** An error code. */
        CODE,
        /** A value of an enumeration. */
        VALUE,
        /** A field. */
        FIELD,
        /** The type of a field that is known with another one. */
        TYPE,
        /** No more can be remembered: from here on nothing is told any more. */
        FULL
    }
}
