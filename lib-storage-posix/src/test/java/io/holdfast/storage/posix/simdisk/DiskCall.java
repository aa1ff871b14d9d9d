// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.posix.simdisk;

/** The calls of a simulated disk that change something, or make a change last. */
public enum DiskCall {
    /** Creating a file. */
    CREATE,
    /** Creating a folder. */
    MAKE_FOLDER,
    /** Writing bytes. */
    WRITE,
    /** Syncing a file. */
    SYNC,
    /** Syncing a folder. */
    SYNC_FOLDER,
    /** Giving a file one more name. */
    LINK,
    /** Renaming. */
    MOVE,
    /** Removing a name. */
    DELETE,
    /** Reading bytes. */
    READ,
    /** Reading the names in a folder. */
    LIST
}
