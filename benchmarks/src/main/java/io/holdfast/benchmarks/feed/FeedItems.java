// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.feed;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** The items of a {@link FeedSource}: content by index, the same bytes at each call. Thread-safe. */
interface FeedItems {
    int count();

    /** The content of an item; the array is shared and must not be changed. */
    byte[] content(int index);

    /** The length of an item's content, made or not. */
    default long length(int index) {
        return content(index).length;
    }

    /** Opens an item's content. */
    default InputStream open(int index) {
        return new ByteArrayInputStream(content(index));
    }

    /** Items whose bytes were all made before. */
    static FeedItems of(byte[][] contents) {
        return new FeedItems() {
            @Override
            public int count() {
                return contents.length;
            }

            @Override
            public byte[] content(int index) {
                return contents[index];
            }
        };
    }
}
