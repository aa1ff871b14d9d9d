// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.feed;

import io.holdfast.benchmarks.sets.DataSet;
import io.holdfast.benchmarks.sets.DataSets;
import io.holdfast.benchmarks.sets.JsonItems;
import java.util.stream.IntStream;

/**
 * Items of one length, all different, made beforehand.
 *
 * @param name what the report calls them
 * @param bytes length of each
 * @param items the items
 */
record Load(String name, int bytes, FeedItems items) {
    /** JSON of a web API. */
    static Load records(int bytes, int count) {
        JsonItems json = new JsonItems(bytes);
        byte[][] contents =
                IntStream.range(0, count).parallel().mapToObj(json::item).toArray(byte[][]::new);
        return new Load("%,d bytes, JSON".formatted(bytes), bytes, FeedItems.of(contents));
    }

    /** Stretches of a mailbox, 1 MiB each. */
    static Load mails(int count) {
        int bytes = 1 << 20;
        DataSet mails = DataSets.of("mails", 1);
        byte[][] contents = new byte[count][bytes];
        int mail = 0;
        byte[] rest = new byte[0];
        int used = 0;
        for (byte[] content : contents) {
            for (int filled = 0; filled < bytes; ) {
                if (used == rest.length) {
                    rest = mails.item(mail++);
                    used = 0;
                }
                int part = Math.min(bytes - filled, rest.length - used);
                System.arraycopy(rest, used, content, filled, part);
                filled += part;
                used += part;
            }
        }
        return new Load("1 MiB, mail", bytes, FeedItems.of(contents));
    }
}
