// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemRef;
import io.holdfast.model.ResourceId;
import io.holdfast.source.Change;
import io.holdfast.source.ChangePage;
import io.holdfast.source.Cursor;
import io.holdfast.source.Feed;
import io.holdfast.source.Lookup;
import io.holdfast.source.Resource;
import io.holdfast.source.SourceConnector;
import io.holdfast.source.SourceItem;
import io.holdfast.source.Trouble;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Sources that break one promise of looking up each; keyed by what is wrong with them. */
final class BrokenLookups {
    private BrokenLookups() {}

    private static UnaryOperator<SourceConnector> answering(UnaryOperator<List<Lookup>> broken) {
        return BrokenSources.opening((source, context) -> new ForwardingSource(source) {
            @Override
            public List<Lookup> lookup(ResourceId resource, List<ItemRef> items) {
                return broken.apply(inner.lookup(resource, items));
            }
        });
    }

    private static UnaryOperator<SourceConnector> replacing(UnaryOperator<Lookup> broken) {
        return answering(answers -> answers.stream().map(broken).toList());
    }

    static void addTo(Map<String, UnaryOperator<SourceConnector>> all) {
        all.put(
                "finds everything in one feed",
                replacing(answer -> answer instanceof Lookup.Present present
                        ? new Lookup.Present(present.item(), InMemoryItem.FOLDERS)
                        : answer));
        all.put(
                "finds items without their tags",
                replacing(answer -> answer instanceof Lookup.Present present
                        ? new Lookup.Present(BrokenFeeds.with(present.item(), SourceItem.Tags.none()), present.feed())
                        : answer));
        all.put(
                "never says that an item is absent",
                replacing(answer -> answer instanceof Lookup.Absent
                        ? new Lookup.Unknown(answer.key(), new Trouble("not-found", "404", false))
                        : answer));
        all.put(
                "answers for what is there only",
                answering(answers -> answers.stream()
                        .filter(Lookup.Present.class::isInstance)
                        .toList()));
        all.put(
                "calls absent what it cannot read",
                connector -> ForwardingSource.opening(connector, (source, context) -> new ForwardingSource(source) {
                    @Override
                    public List<Lookup> lookup(ResourceId resource, List<ItemRef> items) {
                        InMemoryResource place = ((InMemorySource) connector).require(resource);
                        return inner.lookup(resource, items).stream()
                                .map(answer -> place.find(answer.key())
                                                .flatMap(InMemoryItem::refusal)
                                                .isPresent()
                                        ? new Lookup.Absent(answer.key())
                                        : answer)
                                .toList();
                    }
                }));
        believing(all);
    }

    private static void believing(Map<String, UnaryOperator<SourceConnector>> all) {
        Set<ItemKey> removed = new HashSet<>();
        all.put("believes each removal", BrokenSources.opening((source, context) -> new ForwardingSource(source) {
            @Override
            public ChangePage changes(Resource resource, Feed feed, Optional<Cursor> from) {
                ChangePage page = inner.changes(resource, feed, from);
                List<Change> changes = BrokenFeeds.pull(page);
                changes.stream()
                        .filter(Change.Removal.class::isInstance)
                        .map(Change::key)
                        .forEach(removed::add);
                return new BrokenFeeds.Page(changes, page.end(), true);
            }

            @Override
            public List<Lookup> lookup(ResourceId resource, List<ItemRef> items) {
                return inner.lookup(resource, items).stream()
                        .map(answer -> removed.contains(answer.key()) ? new Lookup.Absent(answer.key()) : answer)
                        .toList();
            }
        }));
    }
}
