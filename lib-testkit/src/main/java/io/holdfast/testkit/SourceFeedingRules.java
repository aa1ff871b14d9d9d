// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.holdfast.model.ItemKey;
import io.holdfast.source.Change;
import io.holdfast.source.ChangePage;
import io.holdfast.source.Cursor;
import io.holdfast.source.Feed;
import io.holdfast.source.Resource;
import io.holdfast.source.Source;
import io.holdfast.source.SourceItem;
import io.holdfast.source.TimeRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Pages and cursors: all items, in pages that can be asked for again, and gone on from by somebody else. */
abstract class SourceFeedingRules extends SourceRules {
    /** From how many places of a pass a rule goes on. */
    private static final int PLACES = 4;

    SourceFeedingRules(Given given) {
        super(given);
    }

    @Test
    void namesEveryItem() throws Exception {
        List<ItemKey> keys = create(given.many());

        assertThat(read(source()).named()).containsAll(keys);
    }

    @Test
    void namesTheContainersOfItsItems() throws Exception {
        create(2);
        SourceReading reading = read(source());

        assertThat(reading.items().values())
                .allSatisfy(item -> assertThat(item.containers())
                        .allSatisfy(container -> assertThat(
                                        reading.item(container).kind().container())
                                .isTrue()));
    }

    @Test
    void tellsWhereAPageEndsOnlyAfterItsLastChange() throws Exception {
        List<ItemKey> keys = create(2);
        Feed feed = read(source()).feedOf(keys.get(0)).orElseThrow();

        try (ChangePage page = source().changes(resource(source()), feed, Optional.empty())) {
            assertThat(page.next()).isNotNull();
            assertThatIllegalStateException().isThrownBy(page::end);
        }
    }

    @Test
    void givesAPageAgain() throws Exception {
        create(given.many());

        for (SourceReading.Pass pass : read(source()).passes().values()) {
            for (SourceReading.Page page : some(pass.pages())) {
                SourceReading.Page again = page(source(), pass.feed(), page.from());
                assertThat(told(again.changes())).isEqualTo(told(page.changes()));
                assertThat(again.end().getClass()).isEqualTo(page.end().getClass());
            }
        }
    }

    /** What a page says in effect: which items, in which order, and by which tags. */
    private static List<String> told(List<Change> changes) {
        return changes.stream()
                .map(change -> change.getClass().getSimpleName() + " " + change.key()
                        + (change instanceof Change.Upsert upsert
                                ? upsert.item().tags()
                                : ""))
                .toList();
    }

    private static List<SourceReading.Page> some(List<SourceReading.Page> pages) {
        return pages.size() <= PLACES
                ? pages
                : List.of(pages.get(0), pages.get(1), pages.get(pages.size() / 2), pages.get(pages.size() - 1));
    }

    @Test
    void goesOnBehindEachPageInAnotherSession() throws Exception {
        create(given.many());

        for (SourceReading.Pass pass : read(source()).passes().values()) {
            Set<ItemKey> told = new LinkedHashSet<>();
            int tried = 0;
            for (SourceReading.Page page : pass.pages()) {
                page.changes().forEach(change -> told.add(change.key()));
                if (page.end() instanceof ChangePage.More more && tried++ < PLACES) {
                    Source other = anotherSession();
                    Set<ItemKey> all = new LinkedHashSet<>(told);
                    all.addAll(
                            pass(other, pass.feed(), Optional.of(more.next())).named());
                    assertThat(all)
                            .as("all of feed '%s', in two sessions", pass.feed().id())
                            .isEqualTo(pass.named());
                }
            }
        }
    }

    @Test
    void bindsCursorsToTheFingerprintOfTheirFeed() throws Exception {
        create(given.many());

        assertThat(read(source()).passes().values())
                .allSatisfy(pass -> assertThat(cursors(pass))
                        .extracting(Cursor::fingerprint)
                        .containsOnly(pass.feed().fingerprint()));
    }

    private static List<Cursor> cursors(SourceReading.Pass pass) {
        List<Cursor> cursors = new ArrayList<>();
        pass.pages().forEach(page -> {
            if (page.end() instanceof ChangePage.More more) {
                cursors.add(more.next());
            }
        });
        cursors.add(pass.end().next());
        return cursors;
    }

    @Test
    void goesRoundInNoCircle() throws Exception {
        create(given.many());

        assertThat(read(source()).passes().values()).allSatisfy(pass -> {
            List<Cursor> cursors = cursors(pass);
            assertThat(cursors.subList(0, cursors.size() - 1)).doesNotHaveDuplicates();
        });
    }

    @Test
    void saysThatAFirstPassListedEverything() throws Exception {
        create(2);

        assertThat(read(source()).passes().values())
                .allSatisfy(pass -> assertThat(pass.end().complete())
                        .as("feed '%s'", pass.feed().id())
                        .isTrue());
    }

    @Test
    void listsEverythingInEachPassThatItCallsComplete() throws Exception {
        create(3);
        SourceReading first = read(source());

        readOn(anotherSession(), first).passes().forEach((id, pass) -> {
            if (pass.end().complete()) {
                assertThat(pass.named()).containsAll(first.pass(id).named());
            }
        });
    }

    @Test
    void letsAPageBeClosedEarlyAndTwice() throws Exception {
        List<ItemKey> keys = create(2);
        Feed feed = read(source()).feedOf(keys.get(0)).orElseThrow();

        ChangePage page = source().changes(resource(source()), feed, Optional.empty());
        assertThat(page.next()).isNotNull();
        page.close();
        page.close();

        assertThat(read(source()).named()).containsAll(keys);
    }

    @Test
    void tellsNoChangeWhereThereIsNone() throws Exception {
        create(given.many());
        SourceReading first = read(source());

        SourceReading second = readOn(anotherSession(), first);

        assertThat(second.removed()).as("items announced as removed").isEmpty();
        assertThat(first.named()).containsAll(second.named());
        second.items().forEach((key, item) -> {
            SourceItem.Tags before = first.item(key).tags();
            assertThat(before.content().isPresent()
                            && !before.content().equals(item.tags().content()))
                    .as("item '%s' did not change, but its content tag did", key)
                    .isFalse();
            assertThat(before.state().isPresent()
                            && !before.state().equals(item.tags().state()))
                    .as("item '%s' did not change, but its state tag did", key)
                    .isFalse();
        });
    }

    /** All pages of a listing for the auditor. */
    private Map<ItemKey, SourceItem> list(Feed feed, TimeRange modified) throws Exception {
        Map<ItemKey, SourceItem> items = new LinkedHashMap<>();
        Resource resource = resource(source());
        Optional<Cursor> from = Optional.empty();
        do {
            try (ChangePage page = source().list(resource, feed, modified, from)) {
                for (Change change = page.next(); change != null; change = page.next()) {
                    if (change instanceof Change.Upsert upsert) {
                        items.put(change.key(), upsert.item());
                    }
                }
                from = page.end() instanceof ChangePage.More more ? Optional.of(more.next()) : Optional.empty();
            }
        } while (from.isPresent());
        return items;
    }

    private List<Feed> listed(SourceReading reading, Set<Source.Listing> ways) throws Exception {
        Resource resource = resource(source());
        return reading.passes().values().stream()
                .map(SourceReading.Pass::feed)
                .filter(feed -> feed.kind() == Feed.Kind.INCREMENTAL && ways.contains(source().listing(resource, feed)))
                .toList();
    }

    @Test
    void listsForTheAuditorWhatItsFeedsTell() throws Exception {
        create(given.many());
        SourceReading reading = read(source());

        for (Feed feed : listed(reading, EnumSet.of(Source.Listing.WHOLE, Source.Listing.BY_TIME))) {
            Map<ItemKey, SourceItem> items = list(feed, TimeRange.all());

            assertThat(items.keySet())
                    .as("what is listed of feed '%s'", feed.id())
                    .containsExactlyInAnyOrderElementsOf(reading.pass(feed.id()).named());
            items.forEach((key, item) ->
                    assertThat(item.tags()).isEqualTo(reading.item(key).tags()));
        }
    }

    @Test
    void cutsAListingByTheTimeOfLastChange() throws Exception {
        create(given.many());
        SourceReading reading = read(source());

        for (Feed feed : listed(reading, EnumSet.of(Source.Listing.BY_TIME))) {
            List<Instant> times = list(feed, TimeRange.all()).values().stream()
                    .flatMap(item -> item.modified().stream())
                    .sorted()
                    .toList();
            if (!times.isEmpty()) {
                Optional<Instant> middle = Optional.of(times.get(times.size() / 2));
                Set<ItemKey> before =
                        list(feed, new TimeRange(Optional.empty(), middle)).keySet();
                Set<ItemKey> behind =
                        list(feed, new TimeRange(middle, Optional.empty())).keySet();

                assertThat(behind).isNotEmpty().noneMatch(before::contains);
                Set<ItemKey> both = new LinkedHashSet<>(before);
                both.addAll(behind);
                assertThat(both)
                        .containsExactlyInAnyOrderElementsOf(
                                reading.pass(feed.id()).named());
            }
        }
    }
}
