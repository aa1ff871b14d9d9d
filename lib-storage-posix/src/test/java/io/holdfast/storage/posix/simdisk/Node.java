// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.posix.simdisk;

import io.holdfast.testkit.SeededRandomness;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A file or folder: as programs see it, and as it is on the platter. */
final class Node {
    final long number;
    final boolean folder;
    byte[] bytes = {};
    byte[] bytesOnPlatter = {};
    final Map<String, Node> entries = new TreeMap<>();
    final Map<String, Node> entriesOnPlatter = new TreeMap<>();
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    Instant modified;
    Instant accessed;

    Node(long number, boolean folder, Instant now) {
        this.number = number;
        this.folder = folder;
        this.modified = now;
        this.accessed = now;
    }

    void sync() {
        bytesOnPlatter = bytes;
        entriesOnPlatter.clear();
        entriesOnPlatter.putAll(entries);
    }

    /** What a power loss leaves of this: what was synced, and of the rest what chance leaves, torn files included. */
    Node survivor(SeededRandomness chance, Map<Node, Node> done) {
        Node known = done.get(this);
        if (known != null) {
            return known;
        }
        Node after = new Node(number, folder, modified);
        after.permissions = permissions;
        after.accessed = accessed;
        done.put(this, after);
        if (folder) {
            survivingEntries(chance).forEach((name, node) -> after.entries.put(name, node.survivor(chance, done)));
        } else {
            after.bytes = survivingBytes(chance);
        }
        after.sync();
        return after;
    }

    static Map<Node, Node> nothingDone() {
        return new IdentityHashMap<>();
    }

    private Map<String, Node> survivingEntries(SeededRandomness chance) {
        Map<String, Node> left = new TreeMap<>(entriesOnPlatter);
        Set<String> names = new TreeSet<>(entries.keySet());
        names.addAll(entriesOnPlatter.keySet());
        for (String name : names) {
            Node now = entries.get(name);
            if (!Objects.equals(now, entriesOnPlatter.get(name)) && chance.happens(0.5)) {
                if (now == null) {
                    left.remove(name);
                } else {
                    left.put(name, now);
                }
            }
        }
        return left;
    }

    private byte[] survivingBytes(SeededRandomness chance) {
        if (Arrays.equals(bytes, bytesOnPlatter) || chance.happens(0.4)) {
            return bytesOnPlatter;
        }
        return chance.happens(0.5) ? bytes : Arrays.copyOf(bytes, chance.nextInt(bytes.length + 1));
    }
}
