// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which items are fetched with one call: they come one after the other, while calls run beside one another. */
class FetchBatchTest {
    private final MapConnector source = new MapConnector("files");

    @Test
    void smallItemsAreFetchedTogetherAsTheSourceLikesIt() {
        source.mostInBatch = 64;
        for (int i = 0; i < 100; i++) {
            source.put("item " + (100 + i), "text");
        }
        source.backUp(session -> session);

        assertThat(source.batches).extracting(List::size).containsExactlyInAnyOrder(64, 36);
    }

    @Test
    void largeItemsDoNotWaitForEachOther() {
        source.mostInBatch = 64;
        Random random = new Random(1);
        for (int i = 0; i < 4; i++) {
            byte[] large = new byte[9 << 20];
            random.nextBytes(large);
            source.notes.put("large " + i, large);
            source.put("large " + i + " and small", "text");
        }
        source.backUp(session -> session);

        assertThat(source.batches)
                .hasSize(5)
                .allSatisfy(batch -> assertThat(batch)
                        .filteredOn(key -> source.notes.get(key).length > 1 << 20)
                        .hasSizeLessThanOrEqualTo(1));
    }
}
