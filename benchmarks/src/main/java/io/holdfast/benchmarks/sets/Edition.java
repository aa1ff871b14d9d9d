// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.sets;

/** Which version of an item: that of the first day, or that of the next day for an item which changed. */
enum Edition {
    FIRST,
    CHANGED
}
