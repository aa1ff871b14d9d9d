// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class FuseFilterTest {
    private static long[] hashes(int from, int count) {
        long[] hashes = new long[count];
        for (int i = 0; i < count; i++) {
            hashes[i] = FuseFilter.mix(from + i, 77);
        }
        return hashes;
    }

    @Test
    void holdsAMillionKeysInLessThanThirteenTenthsOfAByteEach() {
        int count = 1_000_000;
        FuseFilter filter = FuseFilterBuilder.build(hashes(0, count), count, 5);

        for (long hash : hashes(0, count)) {
            assertThat(filter.mightContain(hash)).isTrue();
        }
        long passed = 0;
        for (long hash : hashes(count, count)) {
            passed += filter.mightContain(hash) ? 1 : 0;
        }
        assertThat(passed / (double) count).isLessThan(0.005).isGreaterThan(0.003);
        assertThat(filter.fingerprints().length / (double) count).isLessThan(1.3);
    }

    @Test
    void holdsAnySmallNumberOfKeys() {
        for (int count = 1; count <= 300; count++) {
            FuseFilter filter = FuseFilterBuilder.build(hashes(0, count), count, count);

            for (long hash : hashes(0, count)) {
                assertThat(filter.mightContain(hash)).as("%d keys", count).isTrue();
            }
        }
    }

    @Test
    void refusesMostOtherKeysOfASmallSet() {
        FuseFilter filter = FuseFilterBuilder.build(hashes(0, 100), 100, 9);

        long passed = 0;
        for (long hash : hashes(1000, 100_000)) {
            passed += filter.mightContain(hash) ? 1 : 0;
        }
        assertThat(passed).isLessThan(500);
    }

    @Test
    void copesWithKeysOfOneHash() {
        long[] hashes = hashes(0, 200);
        for (int i = 0; i < 100; i++) {
            hashes[100 + i] = hashes[i % 3];
        }

        FuseFilter filter = FuseFilterBuilder.build(hashes.clone(), hashes.length, 1);

        for (long hash : hashes) {
            assertThat(filter.mightContain(hash)).isTrue();
        }
    }

    @Test
    void isTheSameForTheSameKeys() {
        FuseFilter first = FuseFilterBuilder.build(hashes(0, 5000), 5000, 3);
        FuseFilter second = FuseFilterBuilder.build(hashes(0, 5000), 5000, 3);

        assertThat(second.seed()).isEqualTo(first.seed());
        assertThat(second.fingerprints()).isEqualTo(first.fingerprints());
    }

    @Test
    void refusesWhatDoesNotFitTogether() {
        assertThatThrownBy(() -> new FuseFilter(0, 19, 1, new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FuseFilter(0, 2, 1, new byte[11])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FuseFilterBuilder.build(new long[1], 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
