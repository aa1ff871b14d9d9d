// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Opened blocks of many runs, kept within a number of bytes.
 *
 * <p>Thread-safe. Blocks that point lookups need are kept; scans look here and leave nothing, so that they do not drive the others out.
 */
public final class BlockCache {
    private record BlockKey(long run, int block) {}

    private final Cache<BlockKey, RunBlock> blocks;
    private final AtomicLong nextRun = new AtomicLong();

    /**
     * Creates a cache.
     *
     * @param maxBytes how many bytes of plain blocks it keeps; 0 for none
     */
    public BlockCache(long maxBytes) {
        this.blocks = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((BlockKey key, RunBlock block) -> block.weightBytes())
                .executor(Runnable::run)
                .build();
    }

    /** A number for a reader, under which its blocks are kept. */
    long newRun() {
        return nextRun.getAndIncrement();
    }

    @Nullable
    RunBlock find(long run, int block) {
        return blocks.getIfPresent(new BlockKey(run, block));
    }

    void keep(long run, int block, RunBlock opened) {
        blocks.put(new BlockKey(run, block), opened);
    }
}
