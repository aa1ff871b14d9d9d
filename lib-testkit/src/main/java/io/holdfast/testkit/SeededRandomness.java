// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.runtime.Randomness;
import java.util.SplittableRandom;

/**
 * Randomness that a seed determines, for simulations; never for keys that protect anything.
 *
 * <p>Safe for use by several threads, but then the order of their calls decides who gets what; give each its own {@link #branch}.
 */
public final class SeededRandomness implements Randomness {
    private final long seed;
    private final SplittableRandom random;

    /**
     * Randomness from a seed.
     *
     * @param seed any number
     */
    public SeededRandomness(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    /**
     * The seed, for the message of a failing test.
     *
     * @return the seed
     */
    public long seed() {
        return seed;
    }

    /**
     * Randomness for one part of a simulation: the same seed and label give the same numbers, whatever other parts draw.
     *
     * @param label the part's name
     * @return fresh randomness
     */
    public SeededRandomness branch(String label) {
        // Stirred, not added up: a multiple of the generator's own step would only shift one sequence from seed to
        // seed.
        long stirred = new SplittableRandom(seed).nextLong() ^ label.hashCode() * 0xD1342543DE82EF95L;
        return new SeededRandomness(new SplittableRandom(stirred).nextLong());
    }

    @Override
    public synchronized void fill(byte[] bytes) {
        random.nextBytes(bytes);
    }

    /**
     * A whole number.
     *
     * @param bound at least 1
     * @return at least 0 and below the bound
     */
    public synchronized int nextInt(int bound) {
        return random.nextInt(bound);
    }

    /**
     * A whole number.
     *
     * @param bound at least 1
     * @return at least 0 and below the bound
     */
    public synchronized long nextLong(long bound) {
        return random.nextLong(bound);
    }

    /**
     * Whether something of a given probability happens.
     *
     * @param probability 0.0 to 1.0
     * @return true as often as that
     */
    public synchronized boolean happens(double probability) {
        return random.nextDouble() < probability;
    }

    @Override
    public String toString() {
        return "seed " + seed;
    }
}
