// SPDX-License-Identifier: Apache-2.0

/** An object store on a directory tree: local disks, NFS and SMB mounts. */
module io.holdfast.storage.posix {
    requires transitive io.holdfast.core;
    requires static transitive org.jspecify;

    exports io.holdfast.storage.posix;
}
