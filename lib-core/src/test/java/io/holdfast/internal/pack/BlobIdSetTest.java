// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BlobIdSetTest {
    @Test
    void remembersWhatWasAddedAndNothingElse() {
        BlobIdSet set = new BlobIdSet();
        SplittableRandom random = new SplittableRandom(1);
        byte[][] ids = new byte[50_000][];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = PackWorld.noise(random, 20);
            assertThat(set.add(ids[i])).isTrue();
        }
        for (byte[] id : ids) {
            assertThat(set.contains(id)).isTrue();
            assertThat(set.add(id)).isFalse();
        }
        for (int i = 0; i < ids.length; i++) {
            assertThat(set.contains(PackWorld.noise(random, 20))).isFalse();
        }
        assertThat(set.size()).isEqualTo(ids.length);
    }

    @Test
    void takesAtMostFortyBytesForEachBlob() {
        BlobIdSet set = new BlobIdSet();
        SplittableRandom random = new SplittableRandom(2);
        double most = 0;
        for (int i = 1; i <= 400_000; i++) {
            set.add(PackWorld.noise(random, 20));
            if (i > 20_000 && i % 1000 == 0) {
                most = Math.max(most, (double) set.heapBytes() / i);
            }
        }
        assertThat(most).isLessThanOrEqualTo(34.0);
    }

    @Test
    void holdsTheIdThatIsAllZeros() {
        BlobIdSet set = new BlobIdSet();
        assertThat(set.contains(new byte[20])).isFalse();
        assertThat(set.add(new byte[20])).isTrue();
        assertThat(set.add(new byte[20])).isFalse();
        assertThat(set.contains(new byte[20])).isTrue();
        assertThat(set.size()).isEqualTo(1);
    }

    @Test
    void tellsIdsApartThatDifferInOneBit() {
        BlobIdSet set = new BlobIdSet();
        byte[] id = PackWorld.noise(new SplittableRandom(3), 20);
        set.add(id);
        for (int bit = 0; bit < 160; bit++) {
            byte[] other = id.clone();
            other[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(set.contains(other)).isFalse();
        }
    }
}
