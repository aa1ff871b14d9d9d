// SPDX-License-Identifier: Apache-2.0
package io.holdfast.source;

import java.util.Objects;

/**
 * What becomes of a field of an item when it is backed up and put back into an empty place. Immutable.
 *
 * @param field what users call it, such as {@code read state}; one of its kind
 * @param keeping what is promised
 * @param reason why it is not equal, in a sentence; empty if it is
 */
public record FieldPromise(String field, Keeping keeping, String reason) {

    /** Checks for null, for a name, and for a reason where one is due. */
    public FieldPromise {
        Objects.requireNonNull(keeping, "keeping");
        if (field.isBlank() || (keeping == Keeping.EQUAL) != reason.isBlank()) {
            throw new IllegalArgumentException("field '" + field + "' is " + keeping + " with the reason '" + reason
                    + "'; say why, unless it is equal");
        }
    }

    /** What is promised of a field. */
    public enum Keeping {
        /** The field that is put back equals the one that was read. */
        EQUAL,
        /** The service has the last word. */
        MAY_DIFFER,
        /** It is lost. */
        NOT_KEPT
    }

    /**
     * A field that comes back as it was.
     *
     * @param field its name
     * @return the promise
     */
    public static FieldPromise equal(String field) {
        return new FieldPromise(field, Keeping.EQUAL, "");
    }

    /**
     * A field that may come back otherwise.
     *
     * @param field its name
     * @param reason why
     * @return the promise
     */
    public static FieldPromise mayDiffer(String field, String reason) {
        return new FieldPromise(field, Keeping.MAY_DIFFER, reason);
    }

    /**
     * A field that does not come back.
     *
     * @param field its name
     * @param reason why
     * @return the promise
     */
    public static FieldPromise notKept(String field, String reason) {
        return new FieldPromise(field, Keeping.NOT_KEPT, reason);
    }
}
