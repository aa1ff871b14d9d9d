// SPDX-License-Identifier: Apache-2.0

/** Folders of the local file system as a source of backups, written against the public SPI only. */
module io.holdfast.samples.directory {
    requires transitive io.holdfast.core;
    requires static org.jspecify;

    exports io.holdfast.samples.directory;
}
