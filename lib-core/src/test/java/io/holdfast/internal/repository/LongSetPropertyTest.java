// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class LongSetPropertyTest {
    @Property
    void holdsWhatWasAddedInUnsignedOrder(@ForAll List<Long> hashes) {
        LongSet set = new LongSet();
        TreeSet<Long> model = new TreeSet<>(Long::compareUnsigned);
        for (long hash : hashes) {
            assertThat(set.contains(hash)).isEqualTo(model.contains(hash));
            assertThat(set.add(hash)).isEqualTo(model.add(hash));
        }

        assertThat(set.size()).isEqualTo(model.size());
        assertThat(set.sorted()).containsExactly(model.toArray(Long[]::new));
    }

    @Example
    void growsOverManyHashes() {
        LongSet set = new LongSet();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 200_000; i++) {
            assertThat(set.add(random.nextLong())).isTrue();
        }

        SplittableRandom again = new SplittableRandom(1);
        for (int i = 0; i < 200_000; i++) {
            assertThat(set.contains(again.nextLong())).isTrue();
        }
        assertThat(set.contains(again.nextLong())).isFalse();
        assertThat(set.sorted()).hasSize(200_000).isSortedAccordingTo(Long::compareUnsigned);
    }
}
