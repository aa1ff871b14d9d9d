// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

/**
 * How a run is written.
 *
 * @param kind what it holds
 * @param filter whether it gets a binary fuse filter, for runs that are asked for keys that they mostly do not have
 * @param compressionLevel the zstd level, 1 to 19, or 0 to store blocks as they are
 * @param blockBytes the plain length at which a block is closed, 64 bytes to 1 MiB
 * @param filterPartKeys how many keys one part of the filter covers, 1 to 1,000,000
 */
public record RunSettings(RunKind kind, boolean filter, int compressionLevel, int blockBytes, int filterPartKeys) {
    /** Checks the ranges. */
    public RunSettings {
        check("compression level", compressionLevel, 0, 19);
        check("block bytes", blockBytes, 64, 1 << 20);
        check("filter part keys", filterPartKeys, 1, RunFormat.FILTER_PART_KEYS);
    }

    /**
     * The settings that suit a kind. The index and manifests have a filter: a lookup goes through their stacks and finds its key in one run of them.
     * The index is not compressed, as its entries are random; the rest is, at level 1: level 3 makes runs 2 % smaller and costs a third more.
     *
     * @param kind what the run holds
     * @return the settings
     */
    public static RunSettings of(RunKind kind) {
        boolean index = kind == RunKind.INDEX;
        boolean filter = index || kind == RunKind.MANIFEST;
        return new RunSettings(kind, filter, index ? 0 : 1, RunFormat.BLOCK_BYTES, RunFormat.FILTER_PART_KEYS);
    }

    /**
     * The same with or without a filter.
     *
     * @param wanted whether a filter is written
     * @return the settings
     */
    public RunSettings withFilter(boolean wanted) {
        return new RunSettings(kind, wanted, compressionLevel, blockBytes, filterPartKeys);
    }

    /**
     * The same with another zstd level.
     *
     * @param level 1 to 19, or 0 for none
     * @return the settings
     */
    public RunSettings withCompressionLevel(int level) {
        return new RunSettings(kind, filter, level, blockBytes, filterPartKeys);
    }

    /**
     * The same with another length of blocks.
     *
     * @param bytes 64 bytes to 1 MiB
     * @return the settings
     */
    public RunSettings withBlockBytes(int bytes) {
        return new RunSettings(kind, filter, compressionLevel, bytes, filterPartKeys);
    }

    /**
     * The same with other parts of the filter.
     *
     * @param keys 1 to 1,000,000 keys for each part
     * @return the settings
     */
    public RunSettings withFilterPartKeys(int keys) {
        return new RunSettings(kind, filter, compressionLevel, blockBytes, keys);
    }

    private static void check(String what, int value, int lowest, int highest) {
        if (value < lowest || value > highest) {
            throw new IllegalArgumentException(what + " must be " + lowest + " to " + highest + "; got " + value);
        }
    }
}
