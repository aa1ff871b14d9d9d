// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.model.FeedId;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemKind;
import io.holdfast.model.ItemRef;
import io.holdfast.retry.FailureException;
import io.holdfast.runtime.MemoryBudget;
import io.holdfast.source.Change;
import io.holdfast.source.ChangePage;
import io.holdfast.source.Cursor;
import io.holdfast.source.Feed;
import io.holdfast.source.Fetched;
import io.holdfast.source.Lookup;
import io.holdfast.source.Part;
import io.holdfast.source.Pull;
import io.holdfast.source.Resource;
import io.holdfast.source.Source;
import io.holdfast.source.SourceItem;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the groups of rules about sources share: the source under test, and short ways to use it as the engine does. */
abstract class SourceRules {
    /** Far more pages than any case has. */
    private static final int MOST_PAGES = 10_000;

    /** Where the rules get their source from. */
    interface Given {
        SourceFixture fixture();

        Source source();

        MemoryBudget memory();

        Source openAgain(MemoryBudget budget);

        int many();

        boolean restores();

        boolean buffers();

        Duration patience();
    }

    final Given given;

    SourceRules(Given given) {
        this.given = given;
    }

    final SourceFixture fixture() {
        return given.fixture();
    }

    final Source source() {
        return given.source();
    }

    /** The source as another session sees it. */
    final Source anotherSession() {
        return given.openAgain(given.memory());
    }

    static byte[] noise(int length, long seed) {
        return new SeededRandomness(seed).bytes(length);
    }

    /** Creates items with contents that tell them apart. */
    final List<ItemKey> create(int count) throws Exception {
        List<ItemKey> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(fixture().create("item-" + i, contentOf(i)));
        }
        return keys;
    }

    /** The content of the item with a number. */
    static byte[] contentOf(int number) {
        return noise(200 + number % 50, 1000L + number);
    }

    static List<Resource> discover(Source source) {
        List<Resource> found = new ArrayList<>();
        try (Pull<Resource> resources = source.discover()) {
            for (Resource each = resources.next(); each != null; each = resources.next()) {
                found.add(each);
            }
        }
        return found;
    }

    final Resource resource(Source source) {
        return discover(source).stream()
                .filter(each -> each.id().equals(fixture().resource()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "discovery does not name '" + fixture().resource() + "'"));
    }

    final SourceReading.Page page(Source source, Feed feed, Optional<Cursor> from) {
        try (ChangePage page = source.changes(resource(source), feed, from)) {
            List<Change> changes = new ArrayList<>();
            for (Change change = page.next(); change != null; change = page.next()) {
                changes.add(change);
            }
            return new SourceReading.Page(from, changes, page.end());
        }
    }

    final SourceReading.Pass pass(Source source, Feed feed, Optional<Cursor> from) {
        List<SourceReading.Page> pages = new ArrayList<>();
        Optional<Cursor> at = from;
        while (pages.size() < MOST_PAGES) {
            SourceReading.Page page = page(source, feed, at);
            pages.add(page);
            if (page.end() instanceof ChangePage.CaughtUp end) {
                return new SourceReading.Pass(feed, pages, end);
            }
            assertThat(page.end()).as("end of a page of feed '%s'", feed.id()).isInstanceOf(ChangePage.More.class);
            at = Optional.of(((ChangePage.More) page.end()).next());
        }
        throw new AssertionError("feed '" + feed.id() + "' gave " + MOST_PAGES + " pages and no end");
    }

    /** Reads all feeds from the beginning. */
    final SourceReading read(Source source) {
        return read(source, Map.of());
    }

    /** Reads all feeds from where an earlier reading ended, as a later session does. */
    final SourceReading readOn(Source source, SourceReading before) {
        return read(source, before.passes());
    }

    private SourceReading read(Source source, Map<FeedId, SourceReading.Pass> before) {
        Map<FeedId, SourceReading.Pass> passes = new LinkedHashMap<>();
        for (Feed feed : source.feeds(resource(source))) {
            SourceReading.Pass earlier = before.get(feed.id());
            Optional<Cursor> from = earlier == null || feed.kind() == Feed.Kind.ENUMERATION
                    ? Optional.empty()
                    : Optional.of(earlier.end().next());
            passes.put(feed.id(), pass(source, feed, from));
        }
        return new SourceReading(passes, items(source, passes));
    }

    /** The items as they were told; what is told in part only is looked up, as the engine does. */
    private Map<ItemKey, SourceItem> items(Source source, Map<FeedId, SourceReading.Pass> passes) {
        Map<ItemKey, SourceItem> items = new LinkedHashMap<>();
        passes.values()
                .forEach(pass -> pass.last().values().forEach(change -> {
                    if (change instanceof Change.Upsert upsert) {
                        items.put(change.key(), upsert.item());
                    } else if (change instanceof Change.Hint || change instanceof Change.Patch) {
                        ItemKind kind = change instanceof Change.Hint hint ? hint.kind() : ItemKind.leaf("unknown");
                        ItemRef ref = new ItemRef(
                                fixture().resource(),
                                pass.feed().id(),
                                kind,
                                change.key(),
                                List.of(),
                                Optional.empty(),
                                Optional.empty());
                        if (lookup(source, List.of(ref)).get(0) instanceof Lookup.Present present) {
                            items.put(change.key(), present.item());
                        }
                    }
                }));
        return items;
    }

    final ItemRef ref(SourceReading reading, ItemKey key) {
        SourceItem item = reading.item(key);
        return new ItemRef(
                fixture().resource(),
                reading.feedOf(key).orElseThrow().id(),
                item.kind(),
                key,
                item.containers(),
                item.tags().content(),
                item.tags().state());
    }

    final List<ItemRef> refs(SourceReading reading, List<ItemKey> keys) {
        return keys.stream().map(key -> ref(reading, key)).toList();
    }

    final List<Lookup> lookup(Source source, List<ItemRef> refs) {
        return source.lookup(fixture().resource(), refs);
    }

    final Lookup lookup(ItemRef ref) {
        List<Lookup> answers = lookup(source(), List.of(ref));
        assertThat(answers).as("answers to a lookup of one item").hasSize(1);
        return answers.get(0);
    }

    /**
     * A fetched item with the bytes that its parts gave.
     *
     * @param fetched the outcome
     * @param bytes the bytes of each part that could be read
     * @param unreadable the parts that could not
     */
    record Got(Fetched fetched, Map<String, byte[]> bytes, List<String> unreadable) {}

    final List<Got> fetch(Source source, List<ItemRef> refs) {
        List<Got> all = new ArrayList<>();
        int size = Math.max(1, source.maxFetchBatch());
        for (int i = 0; i < refs.size(); i += size) {
            List<ItemRef> batch = refs.subList(i, Math.min(refs.size(), i + size));
            try (Pull<Fetched> pull = source.fetch(fixture().resource(), batch)) {
                for (Fetched each = pull.next(); each != null; each = pull.next()) {
                    all.add(got(each));
                }
            }
        }
        return all;
    }

    private static Got got(Fetched fetched) {
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        List<String> unreadable = new ArrayList<>();
        if (fetched instanceof Fetched.Found found) {
            for (Part part : found.parts()) {
                try {
                    bytes.put(part.name(), bytes(part, 0));
                } catch (IOException | FailureException e) {
                    unreadable.add(part.name());
                }
            }
        }
        return new Got(fetched, bytes, unreadable);
    }

    static byte[] bytes(Part part, long offset) throws IOException {
        try (InputStream in = part.open(offset)) {
            return in.readAllBytes();
        }
    }

    final Got fetch(ItemRef ref) {
        List<Got> all = fetch(source(), List.of(ref));
        assertThat(all).as("outcomes of a fetch of one item").hasSize(1);
        return all.get(0);
    }

    final boolean holds(Got got, byte[] content) {
        return got.bytes().values().stream().anyMatch(bytes -> fixture().isContent(bytes, content));
    }

    final void assertHolds(Got got, byte[] content) {
        assertThat(got.fetched()).isInstanceOf(Fetched.Found.class);
        assertThat(holds(got, content))
                .as(
                        "one of the parts %s of item '%s' has the content that was created",
                        got.bytes().keySet(), got.fetched().ref().key())
                .isTrue();
    }

    /** How many items of a resource have a content, whatever their keys and names are. */
    final long countOf(byte[] content) {
        Source fresh = anotherSession();
        SourceReading reading = read(fresh);
        List<ItemKey> leaves = reading.items().values().stream()
                .filter(item -> !item.kind().container())
                .map(SourceItem::key)
                .collect(Collectors.toList());
        return fetch(fresh, refs(reading, leaves)).stream()
                .filter(got -> holds(got, content))
                .count();
    }

    /** Tags by which nothing can have changed: both known, and equal. */
    static boolean saysUnchanged(Optional<String> before, Optional<String> after) {
        return before.isPresent() && before.equals(after);
    }
}
