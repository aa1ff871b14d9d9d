// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

/** Whether a key may occur more than once in a run. */
public enum KeyMode {
    /** Keys ascend strictly; of several runs the newest with a key wins, and a removal is a tombstone. */
    UNIQUE,
    /** Pairs of key and value ascend strictly; several runs are united, and there are no tombstones. */
    MULTI
}
