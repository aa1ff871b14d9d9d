// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.exchange.HttpBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;

/**
 * The hash that drives announce, bit by bit as its description has it, and so slow: an implementation that shares nothing with those that are tested
 * against it.
 */
final class QuickXor {
    private static final int BITS = 160;

    private QuickXor() {}

    /** Base64, as listings have it. */
    static String of(HttpBody body) {
        boolean[] ring = new boolean[BITS];
        long length = 0;
        byte[] block = new byte[1 << 16];
        try (InputStream in = body.open()) {
            for (int got = in.read(block); got >= 0; got = in.read(block)) {
                for (int i = 0; i < got; i++) {
                    turnIn(ring, block[i], length++);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] hash = new byte[BITS / 8];
        for (int bit = 0; bit < BITS; bit++) {
            hash[bit / 8] |= (byte) (ring[bit] ? 1 << bit % 8 : 0);
        }
        for (int i = 0; i < 8; i++) {
            hash[12 + i] ^= (byte) (length >>> 8 * i);
        }
        return Base64.getEncoder().encodeToString(hash);
    }

    private static void turnIn(boolean[] ring, byte value, long place) {
        for (int bit = 0; bit < 8; bit++) {
            if ((value >>> bit & 1) != 0) {
                int at = (int) ((place * 11 + bit) % BITS);
                ring[at] = !ring[at];
            }
        }
    }
}
