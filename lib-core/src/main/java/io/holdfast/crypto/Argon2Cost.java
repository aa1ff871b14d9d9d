// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crypto;

import java.util.Map;

/**
 * How much work it is to derive a key from a passphrase with Argon2id (RFC 9106).
 *
 * <p>More memory makes guessing dearer for those who build machines for it. The bounds hold for reading too: a slot that asks for
 * more is refused before any of it is spent.
 *
 * @param memoryKib memory in KiB: 19,456 (19 MiB) to 1,048,576 (1 GiB)
 * @param passes passes over the memory: 1 to 10
 * @param lanes lanes of the memory: 1 to 4; they are filled one after another here, but an attacker can fill them at once
 */
public record Argon2Cost(int memoryKib, int passes, int lanes) {
    private static final int MIN_MEMORY_KIB = 19 * 1024;
    private static final int MAX_MEMORY_KIB = 1024 * 1024;
    private static final int MAX_PASSES = 10;
    private static final int MAX_LANES = 4;

    private static final String MEMORY = "memory-kib";
    private static final String PASSES = "passes";
    private static final String LANES = "lanes";

    /** Checks the bounds. */
    public Argon2Cost {
        if (memoryKib < MIN_MEMORY_KIB
                || memoryKib > MAX_MEMORY_KIB
                || passes < 1
                || passes > MAX_PASSES
                || lanes < 1
                || lanes > MAX_LANES) {
            throw new IllegalArgumentException("Argon2id with " + memoryKib + " KiB, " + passes + " passes and " + lanes
                    + " lanes; allowed are " + MIN_MEMORY_KIB + " to " + MAX_MEMORY_KIB + " KiB, 1 to " + MAX_PASSES
                    + " passes and 1 to " + MAX_LANES + " lanes");
        }
    }

    /**
     * The default: 64 MiB, 3 passes, one lane.
     *
     * @return the default cost
     */
    public static Argon2Cost defaults() {
        return new Argon2Cost(64 * 1024, 3, 1);
    }

    Map<String, Long> parameters() {
        return Map.of(MEMORY, (long) memoryKib, PASSES, (long) passes, LANES, (long) lanes);
    }

    /** Reads the parameters of a slot; a value outside the bounds or an unknown name is an {@link IllegalArgumentException}. */
    static Argon2Cost of(Map<String, Long> parameters) {
        if (!parameters.keySet().equals(defaults().parameters().keySet())) {
            throw new IllegalArgumentException("Argon2id with parameters " + parameters.keySet() + "; needed are "
                    + MEMORY + ", " + PASSES + " and " + LANES);
        }
        return new Argon2Cost(number(parameters, MEMORY), number(parameters, PASSES), number(parameters, LANES));
    }

    private static int number(Map<String, Long> parameters, String name) {
        long value = parameters.getOrDefault(name, -1L);
        return value < 0 || value > Integer.MAX_VALUE ? -1 : (int) value;
    }
}
