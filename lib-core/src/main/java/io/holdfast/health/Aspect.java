// SPDX-License-Identifier: Apache-2.0
package io.holdfast.health;

/** What the health of a tenant is made of. More may come in minor releases. */
public enum Aspect {
    /** The part of requests that fail, those that were throttled not counted; 0 to 1. */
    FAILURES,
    /** The part of requests that are refused for their number; 0 to 1. */
    THROTTLING,
    /** The age of the newest snapshot as a multiple of the recovery point objective; 1 is the objective. */
    FRESHNESS,
    /** Items that wait in the ledger, as a part of all items; 0 to 1. */
    BACKLOG,
    /** 0 if tokens are to be had, 0.5 if the identity service does not answer, 1 if it refuses the credential. */
    IDENTITY,
    /** How many breakers of the tenant are not closed. */
    BREAKERS,
    /** Calls per change, as a multiple of what sessions of the same mode used to need. */
    CALL_VOLUME
}
