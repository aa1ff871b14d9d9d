// SPDX-License-Identifier: Apache-2.0
package io.holdfast.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.runtime.SteppedTime;
import java.util.Arrays;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

final class FingerprintsPropertyTest {
    private static Fingerprints of(Set<Long> numbers) {
        Fingerprints all = new Fingerprints();
        numbers.forEach(number -> assertThat(all.add(number)).isTrue());
        return all;
    }

    @Property
    void holdsWhatWasAddedAndReadsBackWhatItWrote(
            @ForAll @Size(max = 300) Set<@LongRange(min = 0, max = (1L << 40) - 1) Long> numbers) {
        Fingerprints all = of(numbers);

        Fingerprints read = Fingerprints.read(all.toBytes());

        assertThat(read.size()).isEqualTo(numbers.size());
        numbers.forEach(number -> {
            assertThat(read.contains(number)).isTrue();
            assertThat(read.add(number)).isFalse();
            assertThat(read.contains(number ^ 1)).isEqualTo(numbers.contains(number ^ 1));
        });
        assertThat(read.toBytes()).isEqualTo(all.toBytes());
    }

    @Property
    void damagedFormsCountAsNothingOrStayBounded(
            @ForAll @Size(max = 100) Set<@LongRange(min = 0, max = (1L << 40) - 1) Long> numbers,
            @ForAll @IntRange(min = 0, max = 1000) int at,
            @ForAll byte value) {
        byte[] form = of(numbers).toBytes();
        byte[] cut = Arrays.copyOf(form, Math.min(at, form.length));
        form[at % form.length] = value;

        for (byte[] damaged : new byte[][] {cut, form}) {
            DriftWatch watch =
                    DriftWatch.builder(new SteppedTime()).remembering(damaged).build();
            assertThat(watch.size()).isLessThanOrEqualTo(Fingerprints.MOST);
        }
    }
}
