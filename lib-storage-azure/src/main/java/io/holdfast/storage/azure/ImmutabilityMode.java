// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.azure;

/** Who may lift the retention of a protected object before its date. */
public enum ImmutabilityMode {
    /** Whoever has the permission to change or delete immutability policies. */
    UNLOCKED,
    /** Nobody, the account's owner included. */
    LOCKED
}
