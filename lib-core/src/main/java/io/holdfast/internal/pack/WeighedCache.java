// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what was used last, within a number of bytes, and a few in any case. Safe for use by several threads.
 *
 * <p>Strictly by last use: a cache that admits by frequency would turn away what was read ahead and not asked for yet.
 */
final class WeighedCache<K, V> {
    private final LinkedHashMap<K, V> byUse = new LinkedHashMap<>(64, 0.75f, true);
    private final ToIntFunction<V> weigher;
    private final long maxBytes;
    private final int atLeast;
    private long bytes;

    WeighedCache(long maxBytes, int atLeast, ToIntFunction<V> weigher) {
        this.atLeast = atLeast;
        this.maxBytes = maxBytes;
        this.weigher = weigher;
    }

    synchronized @Nullable V get(K key) {
        return byUse.get(key);
    }

    /** Whether it is there; does not count as use. */
    synchronized boolean has(K key) {
        return byUse.containsKey(key);
    }

    /** Keeps a value, which may drive out others. */
    synchronized void put(K key, V value) {
        V before = byUse.put(key, value);
        bytes += weigher.applyAsInt(value) - (before == null ? 0 : (long) weigher.applyAsInt(before));
        Iterator<Map.Entry<K, V>> oldest = byUse.entrySet().iterator();
        while (bytes > maxBytes && byUse.size() > atLeast) {
            bytes -= weigher.applyAsInt(oldest.next().getValue());
            oldest.remove();
        }
    }

    synchronized long bytes() {
        return bytes;
    }
}
