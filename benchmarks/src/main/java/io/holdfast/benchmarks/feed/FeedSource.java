// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.feed;

import io.holdfast.model.FeedId;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemKind;
import io.holdfast.model.ItemRef;
import io.holdfast.model.ResourceId;
import io.holdfast.model.SourceId;
import io.holdfast.model.TenantId;
import io.holdfast.source.Change;
import io.holdfast.source.ChangePage;
import io.holdfast.source.Cursor;
import io.holdfast.source.Feed;
import io.holdfast.source.Fetched;
import io.holdfast.source.KindCapability;
import io.holdfast.source.Lookup;
import io.holdfast.source.Part;
import io.holdfast.source.Pull;
import io.holdfast.source.Resource;
import io.holdfast.source.RestoreSettings;
import io.holdfast.source.RestoreTarget;
import io.holdfast.source.Source;
import io.holdfast.source.SourceConnector;
import io.holdfast.source.SourceContext;
import io.holdfast.source.SourceItem;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A source of one resource with one incremental feed, which hands each item over once, its content with it, and says
 * "nothing new" ever after. Thread-safe; holds nothing but the items.
 */
final class FeedSource implements SourceConnector, Source {
    static final int PAGE = 1_000;
    static final SourceId ID = new SourceId("benchmark");

    private static final ItemKind KIND = ItemKind.leaf("record");
    private static final ResourceId RESOURCE = new ResourceId("mailbox");
    private static final String FINGERPRINT = "1";
    private static final FeedId FEED = new FeedId("changes");

    private final FeedItems items;

    FeedSource(FeedItems items) {
        this.items = items;
    }

    @Override
    public SourceId id() {
        return ID;
    }

    @Override
    public TenantId tenant() {
        return new TenantId("benchmark");
    }

    @Override
    public Source open(SourceContext context) {
        return this;
    }

    @Override
    public Pull<Resource> discover() {
        return Pull.of(List.of(new Resource(RESOURCE, "mail", "Mailbox", "owner", Optional.empty())));
    }

    @Override
    public List<Feed> feeds(Resource resource) {
        return List.of(new Feed(FEED, Feed.Kind.INCREMENTAL, FINGERPRINT, true, Duration.ofDays(30)));
    }

    @Override
    public ChangePage changes(Resource resource, Feed feed, Optional<Cursor> from) {
        int start = from.map(cursor -> Integer.parseInt(cursor.value())).orElse(0);
        return new Page(start, Math.min(items.count(), start + PAGE));
    }

    @Override
    public List<Lookup> lookup(ResourceId resource, List<ItemRef> wanted) {
        return wanted.stream()
                .<Lookup>map(ref -> new Lookup.Present(item(index(ref.key())), FEED))
                .toList();
    }

    @Override
    public Pull<Fetched> fetch(ResourceId resource, List<ItemRef> wanted) {
        return Pull.of(wanted.stream()
                .<Fetched>map(ref -> new Fetched.Found(ref, item(index(ref.key())), parts(index(ref.key()))))
                .toList());
    }

    @Override
    public int maxFetchBatch() {
        return 20;
    }

    @Override
    public List<KindCapability> kinds() {
        return List.of(new KindCapability(KIND, true, false, "feed", "nothing"));
    }

    @Override
    public Optional<RestoreTarget> restoreTarget(RestoreSettings settings) {
        return Optional.empty();
    }

    @Override
    public void close() {
        // The items stay, for the next session.
    }

    static ItemKey key(int index) {
        return new ItemKey("AAMkADBiMzUwZTcyLTQ5ZmYtNGY0Ni1iZTY1-"
                + Integer.toString(1_000_000_000 + index).substring(1));
    }

    private static int index(ItemKey key) {
        return Integer.parseInt(key.value().substring(key.value().length() - 9));
    }

    private SourceItem item(int index) {
        return new SourceItem(
                key(index),
                KIND,
                List.of(),
                "item " + index,
                SourceItem.Tags.of("c" + index, "s" + index),
                Optional.empty(),
                items.length(index),
                SourceItem.Metadata.none(),
                List.of());
    }

    private List<Part> parts(int index) {
        return List.of(new Content(items, index));
    }

    private record Content(FeedItems items, int index) implements Part {
        @Override
        public String name() {
            return "content";
        }

        @Override
        public Form form() {
            return Form.FILE;
        }

        @Override
        public long length() {
            return items.length(index);
        }

        @Override
        public InputStream open(long offset) throws IOException {
            InputStream in = items.open(index);
            in.skipNBytes(offset);
            return in;
        }
    }

    private final class Page implements ChangePage {
        private final int last;
        private int next;

        Page(int first, int last) {
            this.next = first;
            this.last = last;
        }

        @Override
        public @Nullable Change next() {
            if (next >= last) {
                return null;
            }
            int index = next++;
            return new Change.Upsert(item(index), parts(index));
        }

        @Override
        public End end() {
            Cursor cursor = new Cursor(Integer.toString(last), FINGERPRINT);
            return last < items.count() ? new More(cursor) : new CaughtUp(cursor, true);
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
