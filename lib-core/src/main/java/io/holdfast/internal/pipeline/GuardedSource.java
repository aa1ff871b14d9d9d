// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.error.HoldfastException;
import io.holdfast.model.ItemRef;
import io.holdfast.model.ResourceId;
import io.holdfast.pacing.PlannedWork;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.source.Change;
import io.holdfast.source.ChangePage;
import io.holdfast.source.Cursor;
import io.holdfast.source.Feed;
import io.holdfast.source.Fetched;
import io.holdfast.source.KindCapability;
import io.holdfast.source.Lookup;
import io.holdfast.source.Observations;
import io.holdfast.source.Pull;
import io.holdfast.source.Resource;
import io.holdfast.source.ResourcePast;
import io.holdfast.source.RestoreSettings;
import io.holdfast.source.RestoreTarget;
import io.holdfast.source.Source;
import io.holdfast.source.TimeRange;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A source whose every error has a category: what a connector throws without one becomes a failure of that one operation.
 *
 * <p>One item that a connector stumbles over must not end the session (I4), and an error of the engine's own must not be taken for one of the
 * source: so it is here, at the border, and nowhere else that errors are translated. Safe for use by several threads.
 */
final class GuardedSource implements Source {
    private final Source source;

    GuardedSource(Source source) {
        this.source = source;
    }

    /** Runs connector code. */
    static <T extends @Nullable Object> T guarded(Supplier<T> call) {
        try {
            return call.get();
        } catch (FailureException | HoldfastException | CancellationException known) {
            throw known;
        } catch (RuntimeException unknown) {
            throw failure(unknown);
        }
    }

    /** The failure that an error without a category stands for. */
    static FailureException failure(RuntimeException unknown) {
        if (unknown instanceof UncheckedIOException broken) {
            return new FailureException(
                    Failure.of(FailureCategory.TRANSIENT, ""), String.valueOf(broken.getMessage()), broken);
        }
        Failure failure = Failure.of(FailureCategory.UNKNOWN, unknown.getClass().getSimpleName());
        return new FailureException(failure, "the connector failed: " + unknown.getMessage(), unknown);
    }

    @Override
    public Pull<Resource> discover() {
        return guarded(() -> new GuardedPull<>(source.discover()));
    }

    @Override
    public List<Feed> feeds(Resource resource) {
        return guarded(() -> source.feeds(resource));
    }

    @Override
    public ChangePage changes(Resource resource, Feed feed, Optional<Cursor> from) {
        return guarded(() -> new GuardedPage(source.changes(resource, feed, from)));
    }

    @Override
    public int auditRuns() {
        return Math.max(0, source.auditRuns());
    }

    @Override
    public Listing listing(Resource resource, Feed feed) {
        return guarded(() -> source.listing(resource, feed));
    }

    @Override
    public ChangePage list(Resource resource, Feed feed, TimeRange modified, Optional<Cursor> from) {
        return guarded(() -> new GuardedPage(source.list(resource, feed, modified, from)));
    }

    @Override
    public List<Lookup> lookup(ResourceId resource, List<ItemRef> items) {
        return guarded(() -> source.lookup(resource, items));
    }

    @Override
    public int maxLookupBatch() {
        return Math.max(1, source.maxLookupBatch());
    }

    @Override
    public Pull<Fetched> fetch(ResourceId resource, List<ItemRef> items) {
        return guarded(() -> new GuardedPull<>(source.fetch(resource, items)));
    }

    @Override
    public int maxFetchBatch() {
        return Math.max(1, source.maxFetchBatch());
    }

    @Override
    public int fetchBatch(ResourceId resource) {
        return Math.max(1, Math.min(source.fetchBatch(resource), maxFetchBatch()));
    }

    @Override
    public List<KindCapability> kinds() {
        return source.kinds();
    }

    @Override
    public Optional<RestoreTarget> restoreTarget(RestoreSettings settings) {
        return source.restoreTarget(settings);
    }

    @Override
    public List<PlannedWork> plan(Resource resource, Optional<ResourcePast> past) {
        return guarded(() -> source.plan(resource, past));
    }

    @Override
    public Observations observations() {
        return guarded(source::observations);
    }

    @Override
    public void close() {
        source.close();
    }

    private static sealed class GuardedPull<T> implements Pull<T> permits GuardedPage {
        private final Pull<T> pull;

        GuardedPull(Pull<T> pull) {
            this.pull = pull;
        }

        @Override
        public @Nullable T next() {
            return GuardedSource.<@Nullable T>guarded(pull::next);
        }

        @Override
        public void close() {
            GuardedSource.<@Nullable Void>guarded(() -> {
                pull.close();
                return null;
            });
        }
    }

    private static final class GuardedPage extends GuardedPull<Change> implements ChangePage {
        private final ChangePage page;

        GuardedPage(ChangePage page) {
            super(page);
            this.page = page;
        }

        @Override
        public End end() {
            return guarded(page::end);
        }
    }
}
