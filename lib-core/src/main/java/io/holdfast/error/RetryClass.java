// SPDX-License-Identifier: Apache-2.0
package io.holdfast.error;

/** Whether the operation that failed may be tried again. */
public enum RetryClass {
    /** The same call may succeed later; nothing has happened yet. */
    RETRYABLE,
    /** The same call will fail again until somebody changes something. */
    PERMANENT,
    /** The call may or may not have taken effect: look before doing it again. */
    UNKNOWN_OUTCOME
}
