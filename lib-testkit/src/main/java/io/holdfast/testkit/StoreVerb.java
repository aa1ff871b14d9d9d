// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

/** The calls of a store that can fail on purpose. */
public enum StoreVerb {
    /** Writing an object. */
    PUT,
    /** Opening an object or range. */
    GET,
    /** Asking about an object. */
    STAT,
    /** Starting a listing. */
    LIST,
    /** Deleting an object. */
    DELETE,
    /** Protecting an object. */
    PROTECT
}
