// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import io.holdfast.model.FeedId;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemKind;
import io.holdfast.model.ItemRef;
import io.holdfast.model.ResourceId;
import io.holdfast.model.SourceId;
import io.holdfast.model.TenantId;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.runtime.HoldfastRuntime;
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
import io.holdfast.store.InMemoryObjectStore;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A source over a map of texts, listed whole each session in pages of ten: the smallest one that the engine can work with. Beside its notes it may have
 * boxes of items with several parts; items whose keys begin with {@code poison} are refused for good.
 */
final class MapConnector implements SourceConnector {
    static final ResourceId NOTES = new ResourceId("notes:1");
    private static final FeedId FEED = new FeedId("all");
    private static final ItemKind NOTE = ItemKind.leaf("note");
    private static final int PAGE = 10;

    final TreeMap<String, byte[]> notes = new TreeMap<>();
    final TreeMap<ResourceId, TreeMap<String, List<Piece>>> boxes = new TreeMap<>();
    final List<String> fetched = new ArrayList<>();
    /** The keys that were asked for together. */
    final List<List<String>> batches = new ArrayList<>();

    int mostInBatch = 1;
    Runnable afterFetch = () -> {};
    /** What becomes of a list of resources on its way. */
    UnaryOperator<Pull<Resource>> discovering = pull -> pull;

    private final String name;

    MapConnector(String name) {
        this.name = name;
    }

    void put(String key, String text) {
        notes.put(key, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** Puts an item of several parts into another resource than the notes. */
    void put(ResourceId box, String key, Piece... pieces) {
        boxes.computeIfAbsent(box, absent -> new TreeMap<>()).put(key, List.of(pieces));
    }

    /** Backs it up into a repository of its own. */
    BackupReport backUp(UnaryOperator<BackupSession.Builder> how) {
        try (HoldfastRuntime runtime = Holdfast.runtime().build();
                Repository repository = Repository.create(new InMemoryObjectStore(), StoredWorld.key())
                        .on(runtime)) {
            BackupSession.Builder session =
                    BackupSession.builder().on(runtime).from(this).into(repository);
            return how.apply(session).build().run();
        }
    }

    /** All that a resource has. */
    TreeMap<String, List<Piece>> contents(ResourceId resource) {
        if (!resource.equals(NOTES)) {
            return boxes.getOrDefault(resource, new TreeMap<>());
        }
        TreeMap<String, List<Piece>> all = new TreeMap<>();
        notes.forEach((key, text) -> all.put(key, List.of(new Piece("content", Part.Form.FILE, text))));
        return all;
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

    private static SourceItem item(String key, List<Piece> pieces) {
        String tag = pieces.stream()
                .map(piece -> Integer.toHexString(Arrays.hashCode(piece.bytes())) + ":" + piece.length())
                .collect(Collectors.joining(","));
        return new SourceItem(
                new ItemKey(key),
                NOTE,
                List.of(),
                key,
                SourceItem.Tags.of(tag, tag),
                Optional.empty(),
                pieces.stream().mapToLong(Piece::length).sum(),
                SourceItem.Metadata.none(),
                List.of());
    }

    private final class MapSource implements Source {
        @Override
        public Pull<Resource> discover() {
            List<ResourceId> all = new ArrayList<>(List.of(NOTES));
            all.addAll(boxes.keySet());
            return discovering.apply(Pull.of(all.stream()
                    .map(id -> new Resource(id, "notes", id.value(), "ana@example.com", Optional.empty()))
                    .toList()));
        }

        @Override
        public List<Feed> feeds(Resource resource) {
            return List.of(new Feed(FEED, Feed.Kind.ENUMERATION, "1", false, Duration.ofDays(30)));
        }

        @Override
        public ChangePage changes(Resource resource, Feed feed, Optional<Cursor> from) {
            List<Map.Entry<String, List<Piece>>> rest = new ArrayList<>(contents(resource.id())
                    .tailMap(from.map(Cursor::value).orElse(""), from.isEmpty())
                    .entrySet());
            List<Map.Entry<String, List<Piece>>> page = rest.subList(0, Math.min(PAGE, rest.size()));
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
                List<Piece> pieces = contents(resource).get(ref.key().value());
                answers.add(
                        pieces == null
                                ? new Lookup.Absent(ref.key())
                                : new Lookup.Present(item(ref.key().value(), pieces), FEED));
            }
            return answers;
        }

        @Override
        public int maxFetchBatch() {
            return mostInBatch;
        }

        @Override
        public Pull<Fetched> fetch(ResourceId resource, List<ItemRef> items) {
            List<Fetched> found = new ArrayList<>();
            synchronized (fetched) {
                batches.add(items.stream().map(ref -> ref.key().value()).toList());
            }
            for (ItemRef ref : items) {
                synchronized (fetched) {
                    fetched.add(ref.key().value());
                }
                found.add(fetch(ref, contents(resource).get(ref.key().value())));
            }
            afterFetch.run();
            return Pull.of(found);
        }

        private static Fetched fetch(ItemRef ref, @Nullable List<Piece> pieces) {
            String key = ref.key().value();
            if (pieces == null) {
                return new Fetched.Gone(ref);
            }
            return key.startsWith("poison")
                    ? new Fetched.Broken(ref, Failure.of(FailureCategory.POISON_ITEM, "poison"))
                    : new Fetched.Found(ref, item(key, pieces), List.copyOf(pieces));
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

    /** One part of an item. */
    record Piece(String name, Form form, byte[] bytes) implements Part {
        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public boolean isFixed() {
            return name.startsWith("version/");
        }

        @Override
        public InputStream open(long offset) {
            return new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
        }
    }
}
