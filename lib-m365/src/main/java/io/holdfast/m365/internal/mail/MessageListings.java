// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.mail;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a session has learned of reading messages by listings: how large pages of a folder may be, and where listings bring too little. For several
 * threads.
 */
final class MessageListings {
    /** The smallest page worth its request. */
    static final int SMALLEST = 5;

    private final Map<String, Integer> most = new ConcurrentHashMap<>();

    /** How many messages of a folder may be listed at once; fewer than {@link #SMALLEST} if none. */
    int most(String folder) {
        return most.getOrDefault(folder, Integer.MAX_VALUE);
    }

    /** A page of this size was too much for the service. */
    void failed(String folder, int size) {
        most.merge(folder, size / 2, Math::min);
    }

    /** A page brought mostly what nobody had asked for: the wanted messages stand far apart. */
    void scattered(String folder) {
        most.put(folder, 0);
    }
}
