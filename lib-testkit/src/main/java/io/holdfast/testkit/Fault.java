// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.error.ErrorCode;
import java.util.Objects;

/**
 * One fault of a script: at which call, and what goes wrong. It fires once.
 *
 * @param verb which kind of call
 * @param prefix how the name, or the prefix of a listing, begins; empty for any
 * @param skip how many matching calls go well first
 * @param kind what goes wrong
 * @param code the error that the caller sees, where the kind has one
 */
public record Fault(StoreVerb verb, String prefix, int skip, Kind kind, ErrorCode code) {

    /** What goes wrong. */
    public enum Kind {
        /** The call fails and nothing has happened. */
        FAIL_BEFORE,
        /** The call takes effect and then seems to have failed. */
        FAIL_AFTER,
        /** A put takes half of the body, and fails without a trace. */
        REFUSE_SHORT,
        /** A put keeps half of the object and says that all is well: a store that breaks its contract. */
        KEEP_SHORT,
        /** The stream of a get has one bit turned over. */
        FLIP_BIT,
        /** The stream of a get breaks off in its middle. */
        BREAK_OFF,
        /** A listing leaves out one object. */
        LOSE_ENTRY
    }

    /** Checks that the kind fits the verb. */
    public Fault {
        Objects.requireNonNull(prefix, "prefix");
        Objects.requireNonNull(code, "code");
        if (skip < 0) {
            throw new IllegalArgumentException("skip is " + skip);
        }
        if (!fits(verb, kind)) {
            throw new IllegalArgumentException(kind + " cannot happen to a " + verb);
        }
    }

    private static boolean fits(StoreVerb verb, Kind kind) {
        switch (kind) {
            case REFUSE_SHORT:
            case KEEP_SHORT:
                return verb == StoreVerb.PUT;
            case FLIP_BIT:
            case BREAK_OFF:
                return verb == StoreVerb.GET;
            case LOSE_ENTRY:
                return verb == StoreVerb.LIST;
            default:
                return true;
        }
    }

    /**
     * A call that fails before anything has happened.
     *
     * @param verb which kind of call
     * @param prefix how the name begins
     * @return the fault, at the first such call
     */
    public static Fault failBefore(StoreVerb verb, String prefix) {
        return new Fault(verb, prefix, 0, Kind.FAIL_BEFORE, ErrorCode.STORE_UNAVAILABLE);
    }

    /**
     * A call that takes effect and then times out.
     *
     * @param verb which kind of call
     * @param prefix how the name begins
     * @return the fault, at the first such call
     */
    public static Fault failAfter(StoreVerb verb, String prefix) {
        return new Fault(verb, prefix, 0, Kind.FAIL_AFTER, ErrorCode.STORE_OUTCOME_UNKNOWN);
    }

    /**
     * A fault that has an effect of its own.
     *
     * @param verb which kind of call
     * @param prefix how the name begins
     * @param kind what goes wrong
     * @return the fault, at the first such call
     */
    public static Fault of(StoreVerb verb, String prefix, Kind kind) {
        return new Fault(verb, prefix, 0, kind, ErrorCode.STORE_UNAVAILABLE);
    }

    /**
     * This fault with another error for the caller, such as {@code STORE_FULL}.
     *
     * @param other the error's code
     * @return a copy
     */
    public Fault saying(ErrorCode other) {
        return new Fault(verb, prefix, skip, kind, other);
    }

    /**
     * This fault at a later call.
     *
     * @param calls how many matching calls go well first
     * @return a copy
     */
    public Fault after(int calls) {
        return new Fault(verb, prefix, calls, kind, code);
    }
}
