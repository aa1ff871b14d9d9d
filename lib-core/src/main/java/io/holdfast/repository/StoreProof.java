// SPDX-License-Identifier: Apache-2.0
package io.holdfast.repository;

/**
 * How a store stood a proof of what it says it can do.
 *
 * @param conditionalCreate whether a second create is refused, also to one of several writers at once
 * @param conditionalReplace whether a replace of an outdated version is refused
 * @param listsAfterWrite whether a listing shows what was just written
 * @param retention whether a date reads back and keeps an object from being deleted
 */
public record StoreProof(
        Verdict conditionalCreate, Verdict conditionalReplace, Verdict listsAfterWrite, Verdict retention) {

    /** How a capability stood the proof. */
    public enum Verdict {
        /** It works. */
        PROVEN,
        /** The store says that it lacks it. */
        NOT_CLAIMED,
        /** The store claims it and does something else. */
        REFUTED,
        /** It could not be told. */
        UNKNOWN
    }
}
