// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.model.ByteSize;
import io.holdfast.model.ItemRef;
import io.holdfast.model.ResourceId;
import io.holdfast.model.SourceId;
import io.holdfast.model.TenantId;
import io.holdfast.runtime.MemoryBudget;
import io.holdfast.source.Feed;
import io.holdfast.source.Fetched;
import io.holdfast.source.KindCapability;
import io.holdfast.source.Pull;
import io.holdfast.source.Resource;
import io.holdfast.source.Source;
import io.holdfast.source.SourceConnector;
import io.holdfast.source.SourceContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Sources that break one promise each, of opening, discovering or closing; keyed by what is wrong with them. */
final class BrokenSources {
    private BrokenSources() {}

    static Map<String, UnaryOperator<SourceConnector>> all() {
        Map<String, UnaryOperator<SourceConnector>> all = new LinkedHashMap<>();
        connecting(all);
        closing(all);
        remembering(all);
        discovering(all);
        BrokenFeeds.addTo(all);
        BrokenLookups.addTo(all);
        BrokenFetches.addTo(all);
        BrokenTargets.addTo(all);
        return all;
    }

    static UnaryOperator<SourceConnector> opening(BiFunction<Source, SourceContext, Source> broken) {
        return connector -> ForwardingSource.opening(connector, broken);
    }

    private static void connecting(Map<String, UnaryOperator<SourceConnector>> all) {
        all.put("asks the service for its tenant", connector -> new ForwardingSource.Connector(connector) {
            @Override
            public TenantId tenant() {
                ((InMemorySource) inner).requested();
                return inner.tenant();
            }
        });
        AtomicInteger names = new AtomicInteger();
        all.put("has a new name each time", connector -> new ForwardingSource.Connector(connector) {
            @Override
            public SourceId id() {
                return new SourceId("source-" + names.incrementAndGet());
            }
        });
    }

    private static void closing(Map<String, UnaryOperator<SourceConnector>> all) {
        AtomicBoolean ended = new AtomicBoolean();
        all.put("ends all sessions with one", opening((source, context) -> new ForwardingSource(source) {
            @Override
            public Pull<Resource> discover() {
                if (ended.get()) {
                    throw new IllegalStateException("closed");
                }
                return inner.discover();
            }

            @Override
            public void close() {
                ended.set(true);
            }
        }));
        all.put("cannot be closed twice", opening((source, context) -> new ForwardingSource(source) {
            private boolean closed;

            @Override
            public void close() {
                if (closed) {
                    throw new IllegalStateException("closed");
                }
                closed = true;
            }
        }));
        Thread opener = Thread.currentThread();
        all.put("works for one thread only", opening((source, context) -> new ForwardingSource(source) {
            @Override
            public List<Feed> feeds(Resource resource) {
                if (Thread.currentThread() != opener) {
                    throw new IllegalStateException("another thread");
                }
                return inner.feeds(resource);
            }
        }));
    }

    private static void remembering(Map<String, UnaryOperator<SourceConnector>> all) {
        all.put("keeps memory for good", opening((source, context) -> new ForwardingSource(source) {
            @Override
            public Pull<Fetched> fetch(ResourceId resource, List<ItemRef> items) {
                take(context, 1);
                return inner.fetch(resource, items);
            }
        }));
        all.put("buffers beside the budget", connector -> new ForwardingSource.Connector(connector) {
            @Override
            public Source open(SourceContext context) {
                return inner.open(new SourceContext(context.runtime(), new MemoryBudget(ByteSize.mebibytes(16))));
            }
        });
        all.put("takes memory for each item and gives it back at the end", opening((source, context) -> {
            List<MemoryBudget.Reservation> taken = new ArrayList<>();
            return new ForwardingSource(source) {
                @Override
                public Pull<Fetched> fetch(ResourceId resource, List<ItemRef> items) {
                    items.forEach(item -> taken.add(take(context, 4096)));
                    return inner.fetch(resource, items);
                }

                @Override
                public void close() {
                    taken.forEach(MemoryBudget.Reservation::close);
                    taken.clear();
                }
            };
        }));
    }

    private static MemoryBudget.Reservation take(SourceContext context, long bytes) {
        try {
            return context.memory().reserve(bytes);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static UnaryOperator<SourceConnector> listing(UnaryOperator<List<Resource>> broken) {
        return opening((source, context) -> new ForwardingSource(source) {
            @Override
            public Pull<Resource> discover() {
                return Pull.of(broken.apply(SourceRules.discover(inner)));
            }
        });
    }

    private static Resource named(Resource resource, String name) {
        return new Resource(resource.id(), resource.workload(), name, resource.owner(), resource.notCovered());
    }

    private static UnaryOperator<SourceConnector> feeding(UnaryOperator<List<Feed>> broken) {
        return opening((source, context) -> new ForwardingSource(source) {
            @Override
            public List<Feed> feeds(Resource resource) {
                return broken.apply(inner.feeds(resource));
            }
        });
    }

    private static void discovering(Map<String, UnaryOperator<SourceConnector>> all) {
        Resource.NotCovered locked = new Resource.NotCovered(Resource.Reason.LOCKED, "");
        all.put(
                "protects nothing",
                listing(list -> list.stream()
                        .map(each -> new Resource(
                                each.id(), each.workload(), each.displayName(), each.owner(), Optional.of(locked)))
                        .toList()));
        all.put(
                "gives resources no names",
                listing(list -> list.stream().map(each -> named(each, " ")).toList()));
        all.put("names resources twice", listing(BrokenSources::twice));
        AtomicInteger sessions = new AtomicInteger();
        all.put(
                "names resources differently each time",
                listing(list -> list.stream()
                        .map(each -> named(each, "Notes " + sessions.incrementAndGet()))
                        .toList()));
        all.put("names feeds twice", feeding(BrokenSources::twice));
        all.put(
                "means something else by its feeds each time",
                feeding(list -> list.stream()
                        .map(each -> new Feed(
                                each.id(),
                                each.kind(),
                                "rules " + sessions.incrementAndGet(),
                                each.removalIsFinal(),
                                each.cursorLife()))
                        .toList()));
        all.put("declares no kinds", opening((source, context) -> new ForwardingSource(source) {
            @Override
            public List<KindCapability> kinds() {
                return List.of();
            }
        }));
        all.put("takes no batches", opening((source, context) -> new ForwardingSource(source) {
            @Override
            public int maxLookupBatch() {
                return 0;
            }
        }));
    }

    private static <T> List<T> twice(List<T> list) {
        List<T> twice = new ArrayList<>(list);
        twice.addAll(list);
        return twice;
    }
}
