// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

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
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A source over a map of texts, listed whole each session in pages of ten: the smallest one that the engine can work with. */
final class MapConnector implements SourceConnector {
    static final ResourceId NOTES = new ResourceId("notes:1");
    private static final FeedId FEED = new FeedId("all");
    private static final ItemKind NOTE = ItemKind.leaf("note");
    private static final int PAGE = 10;

    final TreeMap<String, byte[]> notes = new TreeMap<>();
    final List<String> fetched = new ArrayList<>();
    private final String name;

    MapConnector(String name) {
        this.name = name;
    }

    void put(String key, String text) {
        notes.put(key, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Override
    public SourceId id() {
        return new SourceId(name);
    }

    @Override
    public TenantId tenant() {
        return new TenantId("local");
    }

    @Override
    public Source open(SourceContext context) {
        return new MapSource();
    }

    private static SourceItem item(String key, byte[] text) {
        String tag = Integer.toHexString(Arrays.hashCode(text)) + ":" + text.length;
        return new SourceItem(
                new ItemKey(key),
                NOTE,
                List.of(),
                key,
                SourceItem.Tags.of(tag, tag),
                Optional.empty(),
                text.length,
                SourceItem.Metadata.none(),
                List.of());
    }

    private final class MapSource implements Source {
        @Override
        public Pull<Resource> discover() {
            return Pull.of(List.of(new Resource(NOTES, "notes", "Notes", "ana@example.com", Optional.empty())));
        }

        @Override
        public List<Feed> feeds(Resource resource) {
            return List.of(new Feed(FEED, Feed.Kind.ENUMERATION, "1", false, Duration.ofDays(30)));
        }

        @Override
        public ChangePage changes(Resource resource, Feed feed, Optional<Cursor> from) {
            List<Map.Entry<String, byte[]>> rest =
                    new ArrayList<>(notes.tailMap(from.map(Cursor::value).orElse(""), from.isEmpty())
                            .entrySet());
            List<Map.Entry<String, byte[]>> page = rest.subList(0, Math.min(PAGE, rest.size()));
            boolean last = page.size() == rest.size();
            String end = page.isEmpty() ? "" : page.get(page.size() - 1).getKey();
            Pull<Change> changes = Pull.of(page.stream()
                    .map(e -> (Change) new Change.Upsert(item(e.getKey(), e.getValue()), List.of()))
                    .toList());
            return new ChangePage() {
                @Override
                public @Nullable Change next() {
                    return changes.next();
                }

                @Override
                public End end() {
                    Cursor next = new Cursor(end, "1");
                    return last ? new CaughtUp(next, true) : new More(next);
                }

                @Override
                public void close() {
                    changes.close();
                }
            };
        }

        @Override
        public List<Lookup> lookup(ResourceId resource, List<ItemRef> items) {
            List<Lookup> answers = new ArrayList<>();
            for (ItemRef ref : items) {
                byte[] text = notes.get(ref.key().value());
                answers.add(
                        text == null
                                ? new Lookup.Absent(ref.key())
                                : new Lookup.Present(item(ref.key().value(), text), FEED));
            }
            return answers;
        }

        @Override
        public Pull<Fetched> fetch(ResourceId resource, List<ItemRef> items) {
            List<Fetched> found = new ArrayList<>();
            for (ItemRef ref : items) {
                byte[] text = notes.get(ref.key().value());
                synchronized (fetched) {
                    fetched.add(ref.key().value());
                }
                found.add(
                        text == null
                                ? new Fetched.Gone(ref)
                                : new Fetched.Found(ref, item(ref.key().value(), text), List.of(new TextPart(text))));
            }
            return Pull.of(found);
        }

        @Override
        public List<KindCapability> kinds() {
            return List.of(new KindCapability(NOTE, true, false, "listed whole each session", ""));
        }

        @Override
        public Optional<RestoreTarget> restoreTarget(RestoreSettings settings) {
            return Optional.empty();
        }

        @Override
        public void close() {
            // nothing is held
        }
    }

    private record TextPart(byte[] text) implements Part {
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
            return text.length;
        }

        @Override
        public InputStream open(long offset) {
            return new ByteArrayInputStream(text, (int) offset, text.length - (int) offset);
        }
    }
}
