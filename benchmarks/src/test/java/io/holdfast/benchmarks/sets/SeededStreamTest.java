// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.sets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SeededStreamTest {
    @Test
    void givesTheSameValuesOnEveryMachine() {
        SeededStream stream = SeededStream.of(2_026, "golden", 7);

        assertThat(Long.toHexString(stream.nextLong())).isEqualTo("6a9e2a867dd21d54");
    }

    @Test
    void keepsItsBounds() {
        SeededStream stream = SeededStream.of(1, "bounds", 0);
        for (int n = 0; n < 10_000; n++) {
            assertThat(stream.below(3)).isBetween(0, 2);
            assertThat(stream.between(5, 6)).isBetween(5, 6);
            assertThat(stream.unit()).isBetween(0.0, 1.0);
        }
    }

    @Test
    void drawsANormalDistribution() {
        SeededStream stream = SeededStream.of(1, "normal", 0);
        double sum = 0;
        double squares = 0;
        for (int n = 0; n < 100_000; n++) {
            double value = stream.gaussian();
            sum += value;
            squares += value * value;
        }

        assertThat(sum / 100_000).isBetween(-0.02, 0.02);
        assertThat(squares / 100_000).isBetween(0.97, 1.03);
    }

    @Test
    void fillsOddLengths() {
        byte[] bytes = new byte[21];
        SeededStream.of(1, "fill", 0).fill(bytes, 2, 17);

        assertThat(bytes).startsWith(0, 0).endsWith(0, 0);
        assertThat(Arrays.copyOfRange(bytes, 2, 19)).isNotEqualTo(new byte[17]);
    }
}
