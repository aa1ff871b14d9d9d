// SPDX-License-Identifier: Apache-2.0
package io.holdfast.store;

/** What a delete did. */
public enum DeleteResult {
    /** The object is gone. */
    DELETED,
    /** There was no such object. */
    ABSENT,
    /** The object is protected and stays. */
    RETAINED
}
