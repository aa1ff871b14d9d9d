// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.crypto.SealBrokenException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A numbered set of current index runs (FORMAT.md, Index). Runs that stand in neither list were added since.
 *
 * @param number its number, 0 for the set before the first
 * @param current the runs that are to be read
 * @param replaced the runs that were merged into current ones and may still stand on the store
 */
public record IndexHead(long number, List<IndexRunName> current, List<IndexRunName> replaced) {
    private static final int VERSION = 1;
    private static final int NAME_BYTES = PackFormat.SCOPE_BYTES + PackFormat.HASH_BYTES;

    /** Copies the lists and checks the number. */
    public IndexHead {
        if (number < 0) {
            throw new IllegalArgumentException("index head number " + number);
        }
        current = List.copyOf(current);
        replaced = List.copyOf(replaced);
    }

    static IndexHead none() {
        return new IndexHead(0, List.of(), List.of());
    }

    byte[] encode() {
        ByteBuffer out = ByteBuffer.allocate(1 + 4 + 4 + (current.size() + replaced.size()) * NAME_BYTES);
        out.put((byte) VERSION);
        put(current, out);
        put(replaced, out);
        return out.array();
    }

    private static void put(List<IndexRunName> names, ByteBuffer out) {
        out.putInt(names.size());
        for (IndexRunName name : names) {
            out.put(HexFormat.of().parseHex(name.scope())).put(name.sha256());
        }
    }

    static IndexHead decode(long number, byte[] body) throws SealBrokenException {
        ByteBuffer in = ByteBuffer.wrap(body);
        try {
            int version = in.get();
            List<IndexRunName> current = names(in);
            List<IndexRunName> replaced = names(in);
            if (version != VERSION || in.hasRemaining()) {
                throw new SealBrokenException(
                        "index head of version " + version + " with " + in.remaining() + " bytes left");
            }
            return new IndexHead(number, current, replaced);
        } catch (BufferUnderflowException cut) {
            throw new SealBrokenException("index head of " + body.length + " bytes ends early");
        }
    }

    private static List<IndexRunName> names(ByteBuffer in) throws SealBrokenException {
        int count = in.getInt();
        if (count < 0 || (long) count * NAME_BYTES > in.remaining()) {
            throw new SealBrokenException("index head names " + count + " runs");
        }
        List<IndexRunName> names = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] scope = new byte[PackFormat.SCOPE_BYTES];
            byte[] sha256 = new byte[PackFormat.HASH_BYTES];
            in.get(scope).get(sha256);
            names.add(new IndexRunName(HexFormat.of().formatHex(scope), sha256));
        }
        return names;
    }
}
