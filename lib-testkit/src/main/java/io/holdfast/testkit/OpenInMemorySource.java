// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.model.ItemKind;
import io.holdfast.model.ItemRef;
import io.holdfast.model.ResourceId;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.runtime.MemoryBudget;
import io.holdfast.source.Change;
import io.holdfast.source.ChangePage;
import io.holdfast.source.Cursor;
import io.holdfast.source.Feed;
import io.holdfast.source.Fetched;
import io.holdfast.source.KindCapability;
import io.holdfast.source.Lookup;
import io.holdfast.source.Part;
import io.holdfast.source.Pull;
import io.holdfast.source.Renderer;
import io.holdfast.source.Resource;
import io.holdfast.source.RestoreItem;
import io.holdfast.source.RestoreSettings;
import io.holdfast.source.RestoreTarget;
import io.holdfast.source.Source;
import io.holdfast.source.SourceContext;
import io.holdfast.source.TimeRange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A source in memory, open for one session; safe for use by several threads. */
final class OpenInMemorySource implements Source {
    private static final String FINGERPRINT = "1";
    private static final Duration CURSOR_LIFE = Duration.ofDays(30);
    private static final int BATCH = 20;

    private final InMemorySource source;
    private final MemoryBudget memory;

    OpenInMemorySource(InMemorySource source, SourceContext context) {
        this.source = source;
        this.memory = context.memory();
    }

    @Override
    public Pull<Resource> discover() {
        source.requested();
        return Pull.of(
                source.resources().stream().map(InMemoryResource::resource).toList());
    }

    @Override
    public List<Feed> feeds(Resource resource) {
        source.requested();
        return source.require(resource.id()).feeds().stream()
                .map(id -> new Feed(id, source.kind(), FINGERPRINT, false, CURSOR_LIFE))
                .toList();
    }

    @Override
    public ChangePage changes(Resource resource, Feed feed, Optional<Cursor> from) {
        source.requested();
        boolean incremental = source.kind() == Feed.Kind.INCREMENTAL;
        return new OpenPage(
                source.require(resource.id()).changes(feed.id(), from, source.pageSize(), FINGERPRINT, incremental));
    }

    @Override
    public int auditRuns() {
        return source.auditRuns();
    }

    @Override
    public Listing listing(Resource resource, Feed feed) {
        return Listing.BY_TIME;
    }

    @Override
    public ChangePage list(Resource resource, Feed feed, TimeRange modified, Optional<Cursor> from) {
        source.requested();
        return new OpenPage(
                source.require(resource.id()).list(feed.id(), modified, from, source.pageSize(), FINGERPRINT));
    }

    @Override
    public List<Lookup> lookup(ResourceId resource, List<ItemRef> items) {
        source.requested();
        InMemoryResource place = source.require(resource);
        return items.stream()
                .map(ref -> place.find(ref.key())
                        .<Lookup>map(item -> new Lookup.Present(item.toSourceItem(), item.feed()))
                        .orElse(new Lookup.Absent(ref.key())))
                .toList();
    }

    @Override
    public int maxLookupBatch() {
        return BATCH;
    }

    @Override
    public Pull<Fetched> fetch(ResourceId resource, List<ItemRef> items) {
        source.requested();
        return new OpenFetch(source.require(resource), items.iterator());
    }

    @Override
    public int maxFetchBatch() {
        return BATCH;
    }

    @Override
    public List<KindCapability> kinds() {
        String mechanism = source.kind() == Feed.Kind.INCREMENTAL ? "a log of changes" : "listed whole each session";
        return List.of(
                new KindCapability(InMemoryItem.FOLDER, true, true, mechanism, ""),
                new KindCapability(InMemoryItem.NOTE, true, true, mechanism, "its identifier, when it is put back"));
    }

    @Override
    public List<Renderer> renderers() {
        return List.of(new ContentRenderer());
    }

    @Override
    public Optional<RestoreTarget> restoreTarget(RestoreSettings settings) {
        return Optional.of(new InMemoryTarget(source, settings));
    }

    @Override
    public void close() {
        // nothing is held
    }

    private static final class OpenPage implements ChangePage {
        private final Iterator<Change> changes;
        private final End end;

        OpenPage(InMemoryResource.Page page) {
            this.changes = page.changes().iterator();
            this.end = page.end();
        }

        @Override
        public @Nullable Change next() {
            return changes.hasNext() ? changes.next() : null;
        }

        @Override
        public End end() {
            if (changes.hasNext()) {
                throw new IllegalStateException("the page has changes left");
            }
            return end;
        }

        @Override
        public void close() {
            // nothing is held
        }
    }

    /** Gives items one at a time; holds memory for the one that it gave last if the source is to buffer. */
    private final class OpenFetch implements Pull<Fetched> {
        private final InMemoryResource resource;
        private final Iterator<ItemRef> wanted;
        private MemoryBudget.@Nullable Reservation held;

        OpenFetch(InMemoryResource resource, Iterator<ItemRef> wanted) {
            this.resource = resource;
            this.wanted = wanted;
        }

        @Override
        public @Nullable Fetched next() {
            release();
            if (!wanted.hasNext()) {
                return null;
            }
            ItemRef ref = wanted.next();
            InMemoryItem item = resource.find(ref.key()).orElse(null);
            if (item == null) {
                return new Fetched.Gone(ref);
            }
            if (item.refusal().isPresent()) {
                return new Fetched.Refused(ref, item.refusal().get());
            }
            if (source.isBuffering()) {
                hold(item);
            }
            return new Fetched.Found(ref, item.toSourceItem(), parts(item));
        }

        private List<Part> parts(InMemoryItem item) {
            boolean message = item.name().endsWith(".eml");
            List<Part> parts = new ArrayList<>();
            item.parts().forEach((name, bytes) -> {
                Part.Form form = message && name.equals(InMemoryItem.CONTENT) ? Part.Form.MESSAGE_FILE : Part.Form.FILE;
                parts.add(new InMemoryPart(name, form, bytes, item.broken().contains(name), source::contentRead));
            });
            return parts;
        }

        private void hold(InMemoryItem item) {
            try {
                held = memory.reserve(item.toSourceItem().size());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new FailureException(
                        Failure.of(FailureCategory.TRANSIENT, "interrupted"),
                        "interrupted while waiting for memory",
                        e);
            }
        }

        private void release() {
            MemoryBudget.Reservation there = held;
            held = null;
            if (there != null) {
                there.close();
            }
        }

        @Override
        public void close() {
            release();
        }
    }

    /** A note is its content. */
    private static final class ContentRenderer implements Renderer {
        @Override
        public ItemKind kind() {
            return InMemoryItem.NOTE;
        }

        @Override
        public String extension() {
            return ".txt";
        }

        @Override
        public void render(RestoreItem item, OutputStream out) throws IOException {
            for (Part part : item.parts()) {
                if (part.name().equals(InMemoryItem.CONTENT)) {
                    try (InputStream in = part.open(0)) {
                        in.transferTo(out);
                    }
                }
            }
        }
    }
}
