// SPDX-License-Identifier: Apache-2.0
package io.holdfast.pacing;

/** Who goes first when a budget is short. */
public enum Priority {
    /** Somebody waits for it. Goes first, and leaves at least a tenth to the others. */
    RESTORE,
    /** Nobody waits for it. */
    BACKUP
}
