// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.model.ItemKey;
import io.holdfast.source.Change;
import io.holdfast.source.ChangePage;
import io.holdfast.source.Cursor;
import io.holdfast.source.Feed;
import io.holdfast.source.Resource;
import io.holdfast.source.Source;
import io.holdfast.source.SourceConnector;
import io.holdfast.source.SourceItem;
import io.holdfast.source.SourceItem.Tags;
import io.holdfast.source.TimeRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Sources that break one promise of pages, cursors, changes or tags each; keyed by what is wrong with them. */
final class BrokenFeeds {
    private BrokenFeeds() {}

    static void addTo(Map<String, UnaryOperator<SourceConnector>> all) {
        paging(all);
        placing(all);
        completing(all);
        changing(all);
        tagging(all);
        listing(all);
    }

    /** A page that is there already. */
    static class Page implements ChangePage {
        private final Iterator<Change> changes;
        private final End end;
        private final boolean patient;

        Page(List<Change> changes, End end, boolean patient) {
            this.changes = changes.iterator();
            this.end = end;
            this.patient = patient;
        }

        @Override
        public @Nullable Change next() {
            return changes.hasNext() ? changes.next() : null;
        }

        @Override
        public End end() {
            if (patient && changes.hasNext()) {
                throw new IllegalStateException("changes left");
            }
            return end;
        }

        @Override
        public void close() {
            // nothing is held
        }
    }

    /** Makes another page of a page. */
    @FunctionalInterface
    interface Rewriting {
        ChangePage page(Optional<Cursor> from, List<Change> changes, ChangePage.End end);
    }

    static List<Change> pull(ChangePage page) {
        List<Change> changes = new ArrayList<>();
        for (Change change = page.next(); change != null; change = page.next()) {
            changes.add(change);
        }
        return changes;
    }

    static UnaryOperator<SourceConnector> rewriting(Rewriting broken) {
        return BrokenSources.opening((source, context) -> new ForwardingSource(source) {
            @Override
            public ChangePage changes(Resource resource, Feed feed, Optional<Cursor> from) {
                ChangePage page = inner.changes(resource, feed, from);
                return broken.page(from, pull(page), page.end());
            }
        });
    }

    private static UnaryOperator<SourceConnector> telling(UnaryOperator<List<Change>> broken) {
        return rewriting((from, changes, end) -> new Page(broken.apply(changes), end, true));
    }

    private static UnaryOperator<SourceConnector> ending(UnaryOperator<ChangePage.End> broken) {
        return rewriting((from, changes, end) -> new Page(changes, broken.apply(end), true));
    }

    private static void paging(Map<String, UnaryOperator<SourceConnector>> all) {
        all.put(
                "forgets the last item of each page",
                telling(changes -> changes.isEmpty() ? changes : changes.subList(0, changes.size() - 1)));
        all.put(
                "names no containers",
                telling(changes -> changes.stream()
                        .filter(change -> !(change instanceof Change.Upsert upsert)
                                || !upsert.item().kind().container())
                        .toList()));
        all.put("says too early where a page ends", rewriting((from, changes, end) -> new Page(changes, end, false)));
        Set<Optional<Cursor>> given = new HashSet<>();
        all.put(
                "gives each page once",
                rewriting((from, changes, end) -> new Page(given.add(from) ? changes : List.of(), end, true)));
        all.put("cannot close a page twice", BrokenSources.opening((source, context) -> new ForwardingSource(source) {
            @Override
            public ChangePage changes(Resource resource, Feed feed, Optional<Cursor> from) {
                ChangePage page = inner.changes(resource, feed, from);
                return new Page(pull(page), page.end(), true) {
                    private boolean closed;

                    @Override
                    public void close() {
                        if (closed) {
                            throw new IllegalStateException("closed");
                        }
                        closed = true;
                    }
                };
            }
        }));
    }

    private static Cursor at(String value) {
        return new Cursor(value, "1");
    }

    private static void placing(Map<String, UnaryOperator<SourceConnector>> all) {
        all.put("keeps its places in the session", BrokenSources.opening((source, context) -> new Forgetful(source)));
        all.put(
                "binds cursors to nothing",
                ending(end -> end instanceof ChangePage.CaughtUp caughtUp
                        ? new ChangePage.CaughtUp(new Cursor(caughtUp.next().value(), ""), caughtUp.complete())
                        : end));
        Set<Cursor> visited = new HashSet<>();
        all.put(
                "goes round in a circle",
                rewriting((from, changes, end) ->
                        from.isPresent() && end instanceof ChangePage.More && visited.add(from.get())
                                ? new Page(List.of(), new ChangePage.More(from.get()), true)
                                : new Page(changes, end, true)));
        all.put(
                "goes on from cursors that have expired",
                ending(end -> end instanceof ChangePage.Reset ? new ChangePage.CaughtUp(at("0.c.0"), false) : end));
    }

    /** Keeps the real cursors in a map of its session and gives numbers out. */
    private static final class Forgetful extends ForwardingSource {
        private final Map<String, Cursor> places = new HashMap<>();
        private final AtomicInteger numbers = new AtomicInteger();

        Forgetful(Source inner) {
            super(inner);
        }

        @Override
        public ChangePage changes(Resource resource, Feed feed, Optional<Cursor> from) {
            Optional<Cursor> real = from.map(cursor -> places.get(cursor.value()));
            if (from.isPresent() && real.isEmpty()) {
                return new Page(List.of(), new ChangePage.CaughtUp(at("0"), false), true);
            }
            ChangePage page = inner.changes(resource, feed, real);
            return new Page(pull(page), hide(page.end()), true);
        }

        private ChangePage.End hide(ChangePage.End end) {
            String number = String.valueOf(numbers.incrementAndGet());
            if (end instanceof ChangePage.More more) {
                places.put(number, more.next());
                return new ChangePage.More(at(number));
            }
            if (end instanceof ChangePage.CaughtUp caughtUp) {
                places.put(number, caughtUp.next());
                return new ChangePage.CaughtUp(at(number), caughtUp.complete());
            }
            return end;
        }
    }

    private static void completing(Map<String, UnaryOperator<SourceConnector>> all) {
        for (boolean complete : new boolean[] {true, false}) {
            all.put(
                    complete ? "calls every pass complete" : "calls no pass complete",
                    ending(end -> end instanceof ChangePage.CaughtUp caughtUp
                            ? new ChangePage.CaughtUp(caughtUp.next(), complete)
                            : end));
        }
    }

    private static void changing(Map<String, UnaryOperator<SourceConnector>> all) {
        all.put(
                "tells only what it lists",
                rewriting((from, changes, end) -> new Page(isLater(from) ? List.of() : changes, end, true)));
        all.put(
                "tells one page of changes",
                rewriting((from, changes, end) -> new Page(
                        changes,
                        isLater(from) && end instanceof ChangePage.More more
                                ? new ChangePage.CaughtUp(more.next(), false)
                                : end,
                        true)));
        all.put(
                "is silent about deletions",
                telling(changes -> changes.stream()
                        .filter(change -> !(change instanceof Change.Removal))
                        .toList()));
        all.put(
                "announces what changed as removed",
                rewriting((from, changes, end) -> new Page(
                        isLater(from)
                                ? changes.stream()
                                        .<Change>map(change -> new Change.Removal(change.key()))
                                        .toList()
                                : changes,
                        end,
                        true)));
        all.put("calls every removal final", BrokenSources.opening((source, context) -> new ForwardingSource(source) {
            @Override
            public List<Feed> feeds(Resource resource) {
                return inner.feeds(resource).stream()
                        .map(each -> new Feed(each.id(), each.kind(), each.fingerprint(), true, each.cursorLife()))
                        .toList();
            }
        }));
    }

    private static boolean isLater(Optional<Cursor> from) {
        return from.isPresent() && from.get().value().contains(".c.");
    }

    static SourceItem with(SourceItem item, Tags tags) {
        return new SourceItem(
                item.key(),
                item.kind(),
                item.containers(),
                item.name(),
                tags,
                item.modified(),
                item.size(),
                item.metadata(),
                item.relations());
    }

    /** Gives items other tags, wherever they are told. */
    @FunctionalInterface
    private interface Tagging {
        Tags tags(ItemKey key, Tags tags);
    }

    private static UnaryOperator<SourceConnector> tagging(Tagging broken) {
        return telling(changes -> changes.stream()
                .map(change -> change instanceof Change.Upsert upsert
                        ? new Change.Upsert(
                                with(
                                        upsert.item(),
                                        broken.tags(change.key(), upsert.item().tags())),
                                upsert.parts())
                        : change)
                .toList());
    }

    private static void tagging(Map<String, UnaryOperator<SourceConnector>> all) {
        AtomicInteger tags = new AtomicInteger();
        all.put(
                "makes up new tags each time",
                rewriting((from, changes, end) -> new Page(
                        changes.stream()
                                .map(change -> change instanceof Change.Upsert upsert
                                        ? new Change.Upsert(
                                                with(upsert.item(), Tags.of("" + tags.incrementAndGet(), "")),
                                                List.of())
                                        : change)
                                .toList(),
                        end instanceof ChangePage.CaughtUp ? new ChangePage.CaughtUp(at("0.c.0"), false) : end,
                        true)));
        all.put(
                "keeps the content tag for ever",
                tagging((key, old) -> new Tags(Optional.of(key.value()), old.state())));
        all.put(
                "keeps the state tag for ever",
                tagging((key, old) -> new Tags(old.content(), Optional.of(key.value()))));
        all.put("takes the content for the state", tagging((key, old) -> new Tags(old.content(), old.content())));
    }

    private static void listing(Map<String, UnaryOperator<SourceConnector>> all) {
        all.put(
                "lists less than its feeds tell",
                BrokenSources.opening((source, context) -> new ForwardingSource(source) {
                    @Override
                    public ChangePage list(Resource resource, Feed feed, TimeRange modified, Optional<Cursor> from) {
                        ChangePage page = inner.list(resource, feed, modified, from);
                        List<Change> changes = pull(page);
                        return new Page(changes.subList(Math.min(1, changes.size()), changes.size()), page.end(), true);
                    }
                }));
        all.put("lists all times at once", BrokenSources.opening((source, context) -> new ForwardingSource(source) {
            @Override
            public ChangePage list(Resource resource, Feed feed, TimeRange modified, Optional<Cursor> from) {
                return inner.list(resource, feed, TimeRange.all(), from);
            }
        }));
    }
}
