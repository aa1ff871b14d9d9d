// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

/** Who may lift the retention of a locked object before its date. */
public enum LockMode {
    /** Whoever has the permission to bypass it. */
    GOVERNANCE,
    /** Nobody, the account's root included. */
    COMPLIANCE
}
