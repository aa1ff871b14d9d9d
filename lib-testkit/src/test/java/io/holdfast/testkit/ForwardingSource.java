// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

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
import io.holdfast.source.Pull;
import io.holdfast.source.Renderer;
import io.holdfast.source.Resource;
import io.holdfast.source.RestoreSettings;
import io.holdfast.source.RestoreTarget;
import io.holdfast.source.Source;
import io.holdfast.source.SourceConnector;
import io.holdfast.source.SourceContext;
import io.holdfast.source.TimeRange;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Passes every call on; broken sources override the call that they break. */
public abstract class ForwardingSource implements Source {
    protected final Source inner;

    protected ForwardingSource(Source inner) {
        this.inner = inner;
    }

    @Override
    public Pull<Resource> discover() {
        return inner.discover();
    }

    @Override
    public List<Feed> feeds(Resource resource) {
        return inner.feeds(resource);
    }

    @Override
    public ChangePage changes(Resource resource, Feed feed, Optional<Cursor> from) {
        return inner.changes(resource, feed, from);
    }

    @Override
    public int auditRuns() {
        return inner.auditRuns();
    }

    @Override
    public Listing listing(Resource resource, Feed feed) {
        return inner.listing(resource, feed);
    }

    @Override
    public ChangePage list(Resource resource, Feed feed, TimeRange modified, Optional<Cursor> from) {
        return inner.list(resource, feed, modified, from);
    }

    @Override
    public List<Lookup> lookup(ResourceId resource, List<ItemRef> items) {
        return inner.lookup(resource, items);
    }

    @Override
    public int maxLookupBatch() {
        return inner.maxLookupBatch();
    }

    @Override
    public Pull<Fetched> fetch(ResourceId resource, List<ItemRef> items) {
        return inner.fetch(resource, items);
    }

    @Override
    public int maxFetchBatch() {
        return inner.maxFetchBatch();
    }

    @Override
    public List<KindCapability> kinds() {
        return inner.kinds();
    }

    @Override
    public List<Renderer> renderers() {
        return inner.renderers();
    }

    @Override
    public Optional<RestoreTarget> restoreTarget(RestoreSettings settings) {
        return inner.restoreTarget(settings);
    }

    @Override
    public void close() {
        inner.close();
    }

    /** Passes every call on; broken connectors override the call that they break. */
    static class Connector implements SourceConnector {
        final SourceConnector inner;

        Connector(SourceConnector inner) {
            this.inner = inner;
        }

        @Override
        public SourceId id() {
            return inner.id();
        }

        @Override
        public TenantId tenant() {
            return inner.tenant();
        }

        @Override
        public Source open(SourceContext context) {
            return inner.open(context);
        }
    }

    /** A connector whose open sources are something else. */
    public static SourceConnector opening(SourceConnector inner, BiFunction<Source, SourceContext, Source> broken) {
        return new Connector(inner) {
            @Override
            public Source open(SourceContext context) {
                return broken.apply(inner.open(context), context);
            }
        };
    }
}
