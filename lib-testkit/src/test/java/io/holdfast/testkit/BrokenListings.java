// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.store.DeleteResult;
import io.holdfast.store.ObjectListing;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStat;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.Protection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Stores that break one promise of listing each. */
final class BrokenListings {
    private BrokenListings() {}

    private static List<ObjectStat> found(ObjectStore store, String prefix) {
        List<ObjectStat> found = new ArrayList<>();
        try (ObjectListing listing = store.list(prefix)) {
            listing.forEachRemaining(found::add);
        }
        return found;
    }

    /** A store whose listings show something else. */
    private static UnaryOperator<ObjectStore> showing(BiFunction<ObjectStore, String, List<ObjectStat>> broken) {
        return store -> new ForwardingObjectStore(store) {
            @Override
            public ObjectListing list(String prefix) {
                return new Fixed(broken.apply(inner, prefix));
            }
        };
    }

    static void addTo(Map<String, UnaryOperator<ObjectStore>> all) {
        all.put("lists everything twice", showing((inner, prefix) -> {
            List<ObjectStat> twice = new ArrayList<>(found(inner, prefix));
            twice.addAll(found(inner, prefix));
            return twice;
        }));
        all.put("lists one page only", showing((inner, prefix) -> {
            List<ObjectStat> all100 = found(inner, prefix);
            return all100.subList(0, Math.min(100, all100.size()));
        }));
        all.put("lists late", showing((inner, prefix) -> {
            List<ObjectStat> late = found(inner, prefix);
            return late.subList(0, Math.max(0, late.size() - 1));
        }));
        all.put(
                "lists one level",
                showing((inner, prefix) -> found(inner, prefix).stream()
                        .filter(stat -> stat.name().value().indexOf('/', prefix.length()) < 0)
                        .toList()));
        all.put(
                "lists whole folders",
                showing((inner, prefix) ->
                        found(inner, prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/")));
        all.put(
                "lists all for a prefix that it cannot read",
                showing((inner, prefix) -> prefix.matches("[a-z0-9/._-]*")
                                && !prefix.contains("//")
                                && !prefix.startsWith("/")
                                && !prefix.contains("./")
                        ? found(inner, prefix)
                        : found(inner, "")));
        all.put("lists files of its own", showing((inner, prefix) -> {
            List<ObjectStat> more = new ArrayList<>(found(inner, prefix));
            more.add(new ObjectStat(
                    new ObjectName(prefix.isEmpty() ? "keep" : prefix.replace("/", "") + "/keep"),
                    0,
                    Instant.EPOCH,
                    Optional.empty(),
                    Protection.none()));
            return more;
        }));
        changes(all);
        ends(all);
    }

    private static void changes(Map<String, UnaryOperator<ObjectStore>> all) {
        all.put(
                "lists no lengths",
                showing((inner, prefix) -> found(inner, prefix).stream()
                        .map(stat -> new ObjectStat(stat.name(), 7, stat.modified(), stat.version(), stat.protection()))
                        .toList()));
        addWithState(all);
    }

    private static void addWithState(Map<String, UnaryOperator<ObjectStore>> all) {
        all.put("still lists what is gone", store -> {
            List<ObjectStat> gone = new ArrayList<>();
            return new ForwardingObjectStore(store) {
                @Override
                public DeleteResult delete(ObjectName name) {
                    inner.stat(name).ifPresent(gone::add);
                    return inner.delete(name);
                }

                @Override
                public ObjectListing list(String prefix) {
                    List<ObjectStat> both = found(inner, prefix);
                    both.addAll(gone);
                    return new Fixed(both);
                }
            };
        });
        all.put("pages by position", store -> new ForwardingObjectStore(store) {
            @Override
            public ObjectListing list(String prefix) {
                return new ByPosition(inner, prefix);
            }
        });
    }

    private static void ends(Map<String, UnaryOperator<ObjectStore>> all) {
        all.put("lists null at its end", store -> new ForwardingObjectStore(store) {
            @Override
            public ObjectListing list(String prefix) {
                return new Fixed(found(inner, prefix)) {
                    @Override
                    public ObjectStat next() {
                        return hasNext() ? super.next() : null;
                    }
                };
            }
        });
        all.put("cannot close a listing twice", store -> new ForwardingObjectStore(store) {
            @Override
            public ObjectListing list(String prefix) {
                return new Fixed(found(inner, prefix)) {
                    private final AtomicInteger closed = new AtomicInteger();

                    @Override
                    public void close() {
                        if (closed.incrementAndGet() > 1) {
                            throw BrokenStores.unavailable();
                        }
                    }
                };
            }
        });
    }

    /** Lists what it was given. */
    private static class Fixed implements ObjectListing {
        private final List<ObjectStat> stats;
        private int next;

        Fixed(List<ObjectStat> stats) {
            this.stats = stats;
        }

        @Override
        public boolean hasNext() {
            return next < stats.size();
        }

        @Override
        public ObjectStat next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return stats.get(next++);
        }

        @Override
        public void close() {}
    }

    /** Asks for page after page by the number of objects seen, so that deletes in between shift the pages. */
    private static final class ByPosition implements ObjectListing {
        private final ObjectStore store;
        private final String prefix;
        private int next;

        ByPosition(ObjectStore store, String prefix) {
            this.store = store;
            this.prefix = prefix;
        }

        @Override
        public boolean hasNext() {
            return next < found(store, prefix).size();
        }

        @Override
        public ObjectStat next() {
            List<ObjectStat> now = found(store, prefix);
            if (next >= now.size()) {
                throw new NoSuchElementException();
            }
            return now.get(next++);
        }

        @Override
        public void close() {}
    }
}
