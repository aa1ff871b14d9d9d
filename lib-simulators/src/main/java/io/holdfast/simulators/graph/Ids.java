// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Ids that look like the service's: case-sensitive, 96 characters, with {@code -}, {@code _} and a {@code =} at the end. They carry numbers, so that
 * nothing has to be looked up by text; the rest is filler from those numbers, and every single character counts.
 */
final class Ids {
    private static final int LENGTH = 71;
    private static final int NUMBERS = 39;

    private Ids() {}

    /** What an id is the id of; the prefix is that of Exchange's own ids. */
    enum Kind {
        /** An id that changes when the item moves. */
        REST(new byte[] {0x00, 0x03, 0x24}),
        /** An id that does not. */
        IMMUTABLE(new byte[] {0x00, 0x09, 0x00});

        private final byte[] prefix;

        Kind(byte[] prefix) {
            this.prefix = prefix;
        }
    }

    /**
     * What an id says.
     *
     * @param kind which kind
     * @param owner the mailbox
     * @param number the number of the thing in it
     * @param version how often it moved
     * @param part the number of a part of the thing; 0 for the thing itself
     */
    record Parts(Kind kind, UUID owner, long number, long version, int part) {}

    static String of(Kind kind, UUID owner, long number, long version, int part) {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
        bytes.put(kind.prefix)
                .putLong(owner.getMostSignificantBits())
                .putLong(owner.getLeastSignificantBits())
                .putLong(number)
                .putLong(version)
                .putInt(part);
        long mixed = mix(owner.getLeastSignificantBits() ^ number * 31 + version * 1_000_003 + part, kind.ordinal());
        for (int i = 0; i < (LENGTH - NUMBERS) / Long.BYTES; i++) {
            bytes.putLong(mix(mixed, i));
        }
        return Base64.getUrlEncoder().encodeToString(bytes.array());
    }

    /** What an id says; empty if it is none of ours, down to the last character. */
    static Optional<Parts> read(String id) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(id);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (bytes.length != LENGTH) {
            return Optional.empty();
        }
        byte[] prefix = Arrays.copyOf(bytes, 3);
        for (Kind kind : Kind.values()) {
            if (Arrays.equals(prefix, kind.prefix)) {
                ByteBuffer rest = ByteBuffer.wrap(bytes, 3, NUMBERS - 3);
                UUID owner = new UUID(rest.getLong(), rest.getLong());
                Parts parts = new Parts(kind, owner, rest.getLong(), rest.getLong(), rest.getInt());
                String same = of(kind, owner, parts.number, parts.version, parts.part);
                return same.equals(id) ? Optional.of(parts) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** A GUID that depends on nothing but its arguments. */
    static UUID guid(long seed, long number) {
        long most = mix(seed, number) & ~0xf000L | 0x4000L;
        long least = mix(most, number) & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
        return new UUID(most, least);
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood, 2014). */
    static long mix(long seed, long number) {
        long z = seed + (number + 1) * 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
