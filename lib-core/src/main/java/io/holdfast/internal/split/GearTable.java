// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The 256 secret 64-bit values of the gear hash, one for each byte value, derived from a repository's gear key, so that
 * cut points tell nothing about known content to one who does not hold the key.
 *
 * <p>Entries {@code 4c .. 4c+3} are the four big-endian longs of {@code HMAC-SHA-256(gear key, "holdfast gear 1" | 00 |
 * c)} for c = 0..63, c being one byte (FORMAT.md, "Chunking"). Immutable, safe for use by many threads, and as secret as
 * the key.
 */
public final class GearTable {
    static final int KEY_BYTES = 32;
    private static final int ENTRIES = 256;
    private static final int LONGS_PER_BLOCK = 4;
    private static final byte[] LABEL = "holdfast gear 1\0".getBytes(StandardCharsets.US_ASCII);

    private final long[] entries;

    private GearTable(long[] entries) {
        this.entries = entries;
    }

    /**
     * Derives the table with the JDK's own HMAC.
     *
     * @param gearKey 32 bytes; not kept, the caller clears it
     * @throws IllegalArgumentException if the key has another length
     */
    public static GearTable derive(byte[] gearKey) {
        if (gearKey.length != KEY_BYTES) {
            throw new IllegalArgumentException("a gear key has 32 bytes, this one has " + gearKey.length);
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(gearKey, "HmacSHA256"));
            return derive(mac);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime must offer HmacSHA256", e);
        }
    }

    /**
     * Derives the table with an HMAC-SHA-256 of the caller's provider.
     *
     * @param keyed initialised with the gear key; used from this thread only, left reset
     */
    public static GearTable derive(Mac keyed) {
        if (keyed.getMacLength() != KEY_BYTES) {
            throw new IllegalArgumentException("the gear table needs HMAC-SHA-256, not " + keyed.getAlgorithm());
        }
        long[] entries = new long[ENTRIES];
        for (int block = 0; block < ENTRIES / LONGS_PER_BLOCK; block++) {
            keyed.update(LABEL);
            keyed.update((byte) block);
            ByteBuffer.wrap(keyed.doFinal()).asLongBuffer().get(entries, block * LONGS_PER_BLOCK, LONGS_PER_BLOCK);
        }
        return new GearTable(entries);
    }

    /** The table itself, not a copy: the chunker's loop reads it for every byte. */
    long[] entries() {
        return entries;
    }

    /** Names the type only: the values are secret. */
    @Override
    public String toString() {
        return "GearTable[secret]";
    }
}
