// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.feed;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/**
 * Tiny items of which more appear, and one long stream among them; made when they are asked for, so that they need no memory.
 *
 * @param items tiny items, numbered
 * @param streamBytes length of the stream, which is the first item
 * @param onOpen told the index of each item that is opened
 */
record GrowingItems(NumberedItems items, long streamBytes, OpenListener onOpen) implements FeedItems {

    /** Hears of each item whose content is asked for. */
    interface OpenListener {
        void opened(int index);
    }

    @Override
    public int count() {
        return items.count();
    }

    @Override
    public byte[] content(int index) {
        return items.content(index);
    }

    @Override
    public long length(int index) {
        return index == 0 ? streamBytes : content(index).length;
    }

    @Override
    public InputStream open(int index) {
        onOpen.opened(index);
        return index == 0 ? new ThinStream(streamBytes) : new ByteArrayInputStream(content(index));
    }
}
