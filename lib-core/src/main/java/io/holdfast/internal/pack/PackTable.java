// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.internal.format.PackRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The packs that the entries of one index run name by ordinal; stands in the run's extra section (FORMAT.md, Index). Not thread-safe.
 */
final class PackTable {
    private static final int ENTRY_BYTES = PackFormat.HASH_BYTES + 1 + 4;
    private static final int HEADER_BYTES = 1 + 4;

    private final Map<PackRef, Integer> ordinals = new LinkedHashMap<>();

    /** The ordinal of a pack, a new one if it has none yet. */
    int ordinal(PackRef pack) {
        return ordinals.computeIfAbsent(pack, absent -> ordinals.size());
    }

    int size() {
        return ordinals.size();
    }

    byte[] encode() {
        byte[] out = new byte[HEADER_BYTES + ordinals.size() * ENTRY_BYTES];
        out[0] = PackFormat.VERSION;
        PackFormat.put32(out, 1, ordinals.size());
        int at = HEADER_BYTES;
        for (PackRef pack : ordinals.keySet()) {
            System.arraycopy(pack.id(), 0, out, at, PackFormat.HASH_BYTES);
            out[at + PackFormat.HASH_BYTES] = (byte) (pack.meta() ? 1 : 0);
            PackFormat.put32(out, at + PackFormat.HASH_BYTES + 1, (int) pack.length());
            at += ENTRY_BYTES;
        }
        return out;
    }

    static List<PackRef> decode(String run, byte[] bytes) {
        long count = bytes.length < HEADER_BYTES ? -1 : PackFormat.u32(bytes, 1);
        if (count < 0 || bytes[0] != PackFormat.VERSION || bytes.length != HEADER_BYTES + count * ENTRY_BYTES) {
            throw PackFormat.damagedRun(run, "its pack table of " + bytes.length + " bytes is not valid");
        }
        List<PackRef> packs = new ArrayList<>((int) count);
        for (int at = HEADER_BYTES; at < bytes.length; at += ENTRY_BYTES) {
            int after = at + PackFormat.HASH_BYTES;
            byte[] id = Arrays.copyOfRange(bytes, at, after);
            packs.add(new PackRef(id, bytes[after] != 0, PackFormat.u32(bytes, after + 1)));
        }
        return packs;
    }
}
