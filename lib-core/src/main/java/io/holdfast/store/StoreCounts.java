// SPDX-License-Identifier: Apache-2.0
package io.holdfast.store;

/**
 * How many calls a store was asked for, and how many bytes went each way.
 *
 * @param puts calls of put
 * @param gets calls of get
 * @param stats calls of stat
 * @param lists calls of list, whatever number of pages they took
 * @param deletes objects that were asked to be deleted
 * @param protects calls of protect
 * @param bytesWritten bytes of the puts that wrote
 * @param bytesRead bytes that were read from streams
 */
public record StoreCounts(
        long puts, long gets, long stats, long lists, long deletes, long protects, long bytesWritten, long bytesRead) {

    /** Nothing yet. */
    public static final StoreCounts ZERO = new StoreCounts(0, 0, 0, 0, 0, 0, 0, 0);

    /**
     * All calls that only read.
     *
     * @return gets, stats and lists
     */
    public long reads() {
        return gets + stats + lists;
    }

    /**
     * All calls that change something.
     *
     * @return puts, deletes and protects
     */
    public long writes() {
        return puts + deletes + protects;
    }

    /**
     * What was counted since an earlier moment.
     *
     * @param before the counts of that moment
     * @return the differences
     */
    public StoreCounts minus(StoreCounts before) {
        return new StoreCounts(
                puts - before.puts,
                gets - before.gets,
                stats - before.stats,
                lists - before.lists,
                deletes - before.deletes,
                protects - before.protects,
                bytesWritten - before.bytesWritten,
                bytesRead - before.bytesRead);
    }
}
