// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemRef;
import io.holdfast.source.Feed;
import io.holdfast.source.Lookup;
import io.holdfast.source.SourceItem;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Present, absent, or unknown: what tombstones hang on. */
abstract class SourceLookupRules extends SourceRules {
    SourceLookupRules(Given given) {
        super(given);
    }

    @Test
    void findsAnItemAsItsFeedTellsIt() throws Exception {
        List<ItemKey> keys = create(2);
        SourceReading reading = read(source());

        Lookup answer = lookup(ref(reading, keys.get(1)));

        assertThat(answer).isInstanceOf(Lookup.Present.class);
        SourceItem told = reading.item(keys.get(1));
        SourceItem found = ((Lookup.Present) answer).item();
        assertThat(found.key()).isEqualTo(told.key());
        assertThat(found.kind()).isEqualTo(told.kind());
        assertThat(found.name()).isEqualTo(told.name());
        assertThat(found.containers()).isEqualTo(told.containers());
        assertThat(found.tags()).isEqualTo(told.tags());
    }

    @Test
    void namesTheFeedOfAnItem() throws Exception {
        List<ItemKey> keys = create(1);
        SourceReading reading = read(source());

        assertThat(lookup(ref(reading, keys.get(0))))
                .isInstanceOfSatisfying(
                        Lookup.Present.class,
                        present -> assertThat(present.feed())
                                .isEqualTo(reading.feedOf(keys.get(0))
                                        .map(Feed::id)
                                        .orElseThrow()));
    }

    @Test
    void callsADeletedItemAbsent() throws Exception {
        List<ItemKey> keys = create(2);
        ItemRef ref = ref(read(source()), keys.get(0));

        fixture().delete(keys.get(0));

        assertThat(lookup(ref)).isEqualTo(new Lookup.Absent(keys.get(0)));
    }

    @Test
    void callsABrokenItemAnythingButAbsent() throws Exception {
        List<ItemKey> keys = create(2);
        ItemRef ref = ref(read(source()), keys.get(0));

        fixture().breakItem(keys.get(0));

        assertThat(lookup(ref)).isNotInstanceOf(Lookup.Absent.class);
        assertThat(lookup(ref).key()).isEqualTo(keys.get(0));
    }

    @Test
    void answersEachItemOfABatchOnce() throws Exception {
        List<ItemKey> keys = create(Math.min(given.many(), source().maxLookupBatch()));
        List<ItemRef> refs = refs(read(source()), keys);
        fixture().delete(keys.get(0));

        List<Lookup> answers = lookup(source(), refs);

        assertThat(answers).extracting(Lookup::key).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(answers).filteredOn(Lookup.Absent.class::isInstance).hasSize(1);
    }
}
