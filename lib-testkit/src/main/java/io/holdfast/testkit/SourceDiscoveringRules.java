// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.model.ItemKey;
import io.holdfast.source.Feed;
import io.holdfast.source.KindCapability;
import io.holdfast.source.Resource;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Resources, feeds and kinds: named once, and the same again. */
abstract class SourceDiscoveringRules extends SourceRules {
    SourceDiscoveringRules(Given given) {
        super(given);
    }

    @Test
    void findsTheResourceAndProtectsIt() {
        assertThat(resource(source()).notCovered()).isEmpty();
    }

    @Test
    void describesEachResource() {
        assertThat(discover(source())).allSatisfy(each -> {
            assertThat(each.displayName()).isNotBlank();
            assertThat(each.workload()).isNotBlank().isEqualTo(each.workload().toLowerCase(Locale.ROOT));
        });
    }

    @Test
    void namesEachResourceOnce() {
        assertThat(discover(source())).extracting(Resource::id).doesNotHaveDuplicates();
    }

    @Test
    void namesTheSameResourcesInAnotherSession() {
        assertThat(discover(anotherSession())).containsExactlyInAnyOrderElementsOf(discover(source()));
    }

    @Test
    void namesEachFeedOnce() throws Exception {
        create(1);

        assertThat(source().feeds(resource(source())))
                .isNotEmpty()
                .allSatisfy(feed -> assertThat(feed.cursorLife()).isPositive())
                .extracting(Feed::id)
                .doesNotHaveDuplicates();
    }

    @Test
    void namesTheSameFeedsInAnotherSession() throws Exception {
        create(1);

        assertThat(anotherSession().feeds(resource(source())))
                .containsExactlyInAnyOrderElementsOf(source().feeds(resource(source())));
    }

    @Test
    void declaresTheKindsOfItsItems() throws Exception {
        List<ItemKey> keys = create(1);
        SourceReading reading = read(source());

        assertThat(source().kinds()).extracting(KindCapability::kind).doesNotHaveDuplicates();
        assertThat(source().kinds())
                .filteredOn(KindCapability::backsUp)
                .extracting(KindCapability::kind)
                .contains(reading.item(keys.get(0)).kind())
                .containsAll(reading.items().values().stream()
                        .map(item -> item.kind())
                        .toList());
    }

    @Test
    void takesAtLeastOneItemInABatch() {
        assertThat(source().maxLookupBatch()).isPositive();
        assertThat(source().maxFetchBatch()).isPositive();
    }
}
