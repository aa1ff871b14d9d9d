// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.feed;

import java.nio.ByteBuffer;

/** Many tiny items, made when they are asked for, so that a million of them needs no memory. */
record NumberedItems(int count) implements FeedItems {
    private static final int BYTES = 64;

    @Override
    public byte[] content(int index) {
        return ByteBuffer.allocate(BYTES)
                .putLong(index)
                .putLong(index * 0x9E3779B97F4A7C15L)
                .array();
    }
}
