// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.internal.format.PackRef;
import io.holdfast.runtime.Randomness;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleTest {
    private final Randomness randomness = new SplittableRandom(1)::nextBytes;

    private List<PackRef> packs() {
        List<PackRef> packs = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            packs.add(new PackRef(randomness.bytes(32), false, 1000));
        }
        return packs;
    }

    @ParameterizedTest
    @ValueSource(doubles = {100, 50, 34, 10, 3})
    void asManyRunsAsThereAreGroupsOpenEveryPackOnce(double percent, @TempDir Path folder) {
        List<PackRef> packs = packs();
        List<PackRef> opened = new ArrayList<>();
        for (int run = 0; run < Math.ceil(100 / percent); run++) {
            Sample sample = Sample.next(percent, Optional.of(folder.resolve("turn")), randomness);
            packs.stream().filter(sample::includes).forEach(opened::add);
        }
        assertThat(opened).containsExactlyInAnyOrderElementsOf(packs);
    }

    @Test
    void withoutAMemoryTheTurnIsDrawn() {
        List<Integer> turns = new ArrayList<>();
        for (int run = 0; run < 50; run++) {
            turns.add(Sample.next(10, Optional.empty(), randomness).turn());
        }
        assertThat(turns).allMatch(turn -> turn >= 0 && turn < 10).contains(0, 9);
    }
}
