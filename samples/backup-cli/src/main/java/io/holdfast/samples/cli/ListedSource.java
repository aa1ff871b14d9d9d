// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import io.holdfast.model.ItemRef;
import io.holdfast.model.ResourceId;
import io.holdfast.model.SourceId;
import io.holdfast.model.TenantId;
import io.holdfast.source.ChangePage;
import io.holdfast.source.Cursor;
import io.holdfast.source.Feed;
import io.holdfast.source.Fetched;
import io.holdfast.source.KindCapability;
import io.holdfast.source.Lookup;
import io.holdfast.source.Observations;
import io.holdfast.source.Pull;
import io.holdfast.source.Renderer;
import io.holdfast.source.Resource;
import io.holdfast.source.RestoreSettings;
import io.holdfast.source.RestoreTarget;
import io.holdfast.source.Source;
import io.holdfast.source.SourceConnector;
import io.holdfast.source.SourceContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A source whose resources have been listed already: its sessions take the list and do not ask for it again.
 *
 * <p>A command that looks at the resources before its session would otherwise ask a large tenant twice for thousands of them. Safe for use by
 * several threads, as the source is.
 *
 * @param connector the source
 * @param resources what it has, as it was listed a moment ago
 */
record ListedSource(SourceConnector connector, List<Resource> resources) implements SourceConnector {
    ListedSource {
        resources = List.copyOf(resources);
    }

    /** Lists the resources of a source. */
    static ListedSource list(SourceConnector connector, SourceContext context) {
        List<Resource> resources = new ArrayList<>();
        try (Source open = connector.open(context);
                Pull<Resource> discovered = open.discover()) {
            for (Resource each = discovered.next(); each != null; each = discovered.next()) {
                resources.add(each);
            }
        }
        return new ListedSource(connector, resources);
    }

    @Override
    public SourceId id() {
        return connector.id();
    }

    @Override
    public TenantId tenant() {
        return connector.tenant();
    }

    @Override
    public Source open(SourceContext context) {
        return new Open(connector.open(context), resources);
    }

    private record Open(Source source, List<Resource> resources) implements Source {
        @Override
        public Pull<Resource> discover() {
            return Pull.of(resources);
        }

        @Override
        public List<Feed> feeds(Resource resource) {
            return source.feeds(resource);
        }

        @Override
        public ChangePage changes(Resource resource, Feed feed, Optional<Cursor> from) {
            return source.changes(resource, feed, from);
        }

        @Override
        public List<Lookup> lookup(ResourceId resource, List<ItemRef> items) {
            return source.lookup(resource, items);
        }

        @Override
        public int maxLookupBatch() {
            return source.maxLookupBatch();
        }

        @Override
        public Pull<Fetched> fetch(ResourceId resource, List<ItemRef> items) {
            return source.fetch(resource, items);
        }

        @Override
        public int maxFetchBatch() {
            return source.maxFetchBatch();
        }

        @Override
        public List<KindCapability> kinds() {
            return source.kinds();
        }

        @Override
        public List<Renderer> renderers() {
            return source.renderers();
        }

        @Override
        public Optional<RestoreTarget> restoreTarget(RestoreSettings settings) {
            return source.restoreTarget(settings);
        }

        @Override
        public Observations observations() {
            return source.observations();
        }

        @Override
        public void close() {
            source.close();
        }
    }
}
