// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemRef;
import io.holdfast.source.ChangePage;
import io.holdfast.source.Cursor;
import io.holdfast.source.Feed;
import io.holdfast.source.Lookup;
import io.holdfast.source.SourceItem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the next session hears: everything that changed, by tags that differ, and nothing that is only guessed. */
abstract class SourceChangingRules extends SourceRules {
    SourceChangingRules(Given given) {
        super(given);
    }

    @Test
    void tellsANewItem() throws Exception {
        create(2);
        SourceReading first = read(source());

        ItemKey late = fixture().create("late", noise(100, 5));

        assertThat(readOn(anotherSession(), first).named()).contains(late);
    }

    @Test
    void tellsAnItemWhoseContentChanged() throws Exception {
        List<ItemKey> keys = create(3);
        SourceReading first = read(source());

        fixture().change(keys.get(1), noise(321, 7));

        assertThat(readOn(anotherSession(), first).named()).contains(keys.get(1));
    }

    @Test
    void tellsManyChangesToTheLast() throws Exception {
        List<ItemKey> keys = create(given.many());
        SourceReading first = read(source());

        for (int i = 0; i < keys.size(); i++) {
            fixture().change(keys.get(i), noise(400, 5000L + i));
        }

        assertThat(readOn(anotherSession(), first).named()).containsAll(keys);
    }

    @Test
    void givesAChangedContentAnotherContentTag() throws Exception {
        SourceItem.Tags[] tags = tagsBeforeAndAfterAChange();

        assertThat(saysUnchanged(tags[0].content(), tags[1].content()))
                .as("content tag %s stands for two contents", tags[0].content())
                .isFalse();
    }

    @Test
    void givesAChangedContentAnotherStateTag() throws Exception {
        SourceItem.Tags[] tags = tagsBeforeAndAfterAChange();

        assertThat(saysUnchanged(tags[0].state(), tags[1].state()))
                .as("state tag %s stands for two states", tags[0].state())
                .isFalse();
    }

    private SourceItem.Tags[] tagsBeforeAndAfterAChange() throws Exception {
        List<ItemKey> keys = create(1);
        SourceItem before = read(source()).item(keys.get(0));
        fixture().change(keys.get(0), noise(contentOf(0).length, 9));
        SourceItem after = read(anotherSession()).item(keys.get(0));
        return new SourceItem.Tags[] {before.tags(), after.tags()};
    }

    @Test
    void tellsNothingMoreOfADeletedItemThanThatItIsRemoved() throws Exception {
        List<ItemKey> keys = create(3);
        SourceReading first = read(source());
        Feed feed = first.feedOf(keys.get(1)).orElseThrow();

        fixture().delete(keys.get(1));
        SourceReading second = readOn(anotherSession(), first);

        assertThat(second.named()).doesNotContain(keys.get(1));
        if (feed.kind() == Feed.Kind.INCREMENTAL) {
            assertThat(second.removed()).contains(keys.get(1));
        }
    }

    @Test
    void announcesOnlyTheDeletedItemAsRemoved() throws Exception {
        List<ItemKey> keys = create(4);
        SourceReading first = read(source());

        fixture().delete(keys.get(1));
        fixture().change(keys.get(2), noise(300, 8));

        assertThat(readOn(anotherSession(), first).removed()).isSubsetOf(keys.get(1));
    }

    @Test
    void findsAMovedItemInTheFeedThatNamesIt() throws Exception {
        List<ItemKey> keys = create(2);
        SourceReading first = read(source());

        ItemKey moved = fixture().move(keys.get(0));
        SourceReading second = readOn(anotherSession(), first);

        assertThat(second.item(moved).containers())
                .isNotEqualTo(first.item(keys.get(0)).containers());
        Lookup answer = lookup(ref(second, moved));
        assertThat(answer).isInstanceOf(Lookup.Present.class);
        assertThat(((Lookup.Present) answer).feed())
                .isEqualTo(second.feedOf(moved).orElseThrow().id());
        assertHolds(fetch(ref(second, moved)), contentOf(0));
    }

    @Test
    void givesAMovedItemAnotherStateTag() throws Exception {
        List<ItemKey> keys = create(1);
        SourceItem before = read(source()).item(keys.get(0));

        ItemKey moved = fixture().move(keys.get(0));
        SourceItem after = read(anotherSession()).item(moved);

        assertThat(moved.equals(keys.get(0))
                        && saysUnchanged(before.tags().state(), after.tags().state()))
                .as("state tag %s stands for two places", before.tags().state())
                .isFalse();
    }

    @Test
    void callsNoRemovalFinalWhileTheItemExists() throws Exception {
        List<ItemKey> keys = create(2);
        SourceReading first = read(source());
        ItemRef ref = ref(first, keys.get(0));

        fixture().move(keys.get(0));
        SourceReading second = readOn(anotherSession(), first);

        boolean gone = lookup(ref) instanceof Lookup.Absent;
        second.passes().values().stream()
                .filter(pass -> pass.feed().removalIsFinal())
                .map(SourceReading.Pass::removed)
                .forEach(removed -> assertThat(removed.contains(keys.get(0)) && !gone)
                        .as("item '%s' moved, and its removal is called final", keys.get(0))
                        .isFalse());
    }

    @Test
    void doesNotLoseAnItemThatMovedAwayAndBack() throws Exception {
        List<ItemKey> keys = create(2);
        SourceReading first = read(source());

        ItemKey back = fixture().move(fixture().move(keys.get(0)));
        SourceReading second = readOn(anotherSession(), first);

        ItemRef ref = second.named().contains(back) ? ref(second, back) : ref(first, back);
        assertThat(lookup(ref)).isInstanceOf(Lookup.Present.class);
        assertHolds(fetch(ref), contentOf(0));
    }

    @Test
    void asksForAFreshStartOnlyWithACursorThatHasExpired() throws Exception {
        List<ItemKey> keys = create(3);
        SourceReading first = read(source());
        SourceReading.Pass pass =
                first.pass(first.feedOf(keys.get(0)).orElseThrow().id());
        Optional<Cursor> cursor = Optional.of(pass.end().next());

        boolean expired = fixture().expireCursors();
        SourceReading.Page page = page(source(), pass.feed(), cursor);

        if (expired) {
            assertThat(page.end()).isInstanceOf(ChangePage.Reset.class);
            assertThat(page.changes()).isEmpty();
        } else {
            assertThat(page.end()).isNotInstanceOf(ChangePage.Reset.class);
        }
        Set<ItemKey> named = read(anotherSession()).named();
        assertThat(named).containsAll(keys);
    }
}
