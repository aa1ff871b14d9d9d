// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.ObjectMissingException;
import io.holdfast.error.StoreException;
import io.holdfast.store.ByteRange;
import io.holdfast.store.DeleteResult;
import io.holdfast.store.Deletion;
import io.holdfast.store.InMemoryObjectStore;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStat;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.Overlay;
import io.holdfast.store.Protection;
import io.holdfast.store.PutMode;
import io.holdfast.store.PutOptions;
import io.holdfast.store.PutResult;
import io.holdfast.store.StoreCapabilities;
import io.holdfast.store.StoreRequests;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Stores that break one promise of writing, deleting or protecting each; keyed by what is wrong with them. */
final class BrokenStores {
    private BrokenStores() {}

    static Map<String, UnaryOperator<ObjectStore>> all() {
        Map<String, UnaryOperator<ObjectStore>> all = new LinkedHashMap<>();
        writing(all);
        publishing(all);
        creating(all);
        deleting(all);
        deletingSeveral(all);
        suspicious(all);
        protecting(all);
        BrokenReads.addTo(all);
        BrokenListings.addTo(all);
        return all;
    }

    /** A store whose puts do something else. */
    @FunctionalInterface
    interface BrokenPut {
        PutResult put(ObjectStore inner, ObjectName name, ObjectBody body, PutOptions options) throws IOException;
    }

    static UnaryOperator<ObjectStore> putting(BrokenPut broken) {
        return store -> new ForwardingObjectStore(store) {
            @Override
            public PutResult put(ObjectName name, ObjectBody body, PutOptions options) {
                StoreRequests.requireAble(this, name, options);
                try {
                    return broken.put(inner, name, body, options);
                } catch (IOException e) {
                    throw new UncheckedIOException("body", e);
                }
            }
        };
    }

    private static void writing(Map<String, UnaryOperator<ObjectStore>> all) {
        all.put("loses every put", putting((inner, name, body, options) -> PutResult.WRITTEN));
        all.put("keeps everything in its own process", store -> new InMemoryObjectStore());
        all.put("cannot be closed twice", store -> new ForwardingObjectStore(store) {
            private boolean closed;

            @Override
            public void close() {
                if (closed) {
                    throw new IllegalStateException("closed");
                }
                closed = true;
            }
        });
        all.put(
                "drops empty objects",
                putting((inner, name, body, options) ->
                        body.length() == 0 ? PutResult.WRITTEN : inner.put(name, body, options)));
        all.put("cuts large objects", putting((inner, name, body, options) -> {
            byte[] whole = StoreRequests.readWhole(name, body);
            return inner.put(name, ObjectBody.of(Arrays.copyOf(whole, Math.min(whole.length, 1 << 20))), options);
        }));
        all.put("reads a body once and hopes for the best", putting((inner, name, body, options) -> {
            byte[] whole = new byte[(int) body.length()];
            try (InputStream in = body.open()) {
                int n = in.read(whole);
                return inner.put(name, ObjectBody.of(n == whole.length ? whole : new byte[whole.length]), options);
            }
        }));
        all.put(
                "leaves bodies open",
                putting((inner, name, body, options) ->
                        inner.put(name, ObjectBody.of(StoreRequests.readWhole(name, unclosed(body))), options)));
        all.put("takes bodies of any length", putting((inner, name, body, options) -> {
            try (InputStream in = body.open()) {
                return inner.put(name, ObjectBody.of(in.readAllBytes()), options);
            }
        }));
    }

    private static void publishing(Map<String, UnaryOperator<ObjectStore>> all) {
        all.put("keeps what it had when a body broke off", putting((inner, name, body, options) -> {
            try {
                return inner.put(name, body, options);
            } catch (UncheckedIOException e) {
                inner.put(name, ObjectBody.of(new byte[3]), options);
                throw e;
            }
        }));
        overwriting(all);
        naming(all);
    }

    private static void overwriting(Map<String, UnaryOperator<ObjectStore>> all) {
        all.put("writes into the old object", putting((inner, name, body, options) -> {
            byte[] whole = StoreRequests.readWhole(name, body);
            if (inner.stat(name).isPresent() && options.mode() instanceof PutMode.Overwrite) {
                byte[] old = inner.get(name, ByteRange.all()).readAllBytes();
                byte[] both = Arrays.copyOf(old, Math.max(old.length, whole.length));
                System.arraycopy(whole, 0, both, 0, whole.length);
                return inner.put(name, ObjectBody.of(both), options);
            }
            return inner.put(name, ObjectBody.of(whole), options);
        }));
        all.put("shows an object half-way", putting((inner, name, body, options) -> {
            byte[] whole = StoreRequests.readWhole(name, body);
            if (whole.length > 100_000 && options.mode() instanceof PutMode.Overwrite) {
                inner.put(name, ObjectBody.of(Arrays.copyOf(whole, whole.length / 2)), options);
                dawdle();
            }
            return inner.put(name, ObjectBody.of(whole), options);
        }));
        all.put("takes one put at a time", store -> new OneAtATime(store));
    }

    private static void naming(Map<String, UnaryOperator<ObjectStore>> all) {
        all.put(
                "confuses dots and hyphens",
                putting((inner, name, body, options) ->
                        inner.put(new ObjectName(name.value().replace("a-b", "a.b")), body, options)));
        all.put(
                "cuts long names",
                putting((inner, name, body, options) -> inner.put(
                        new ObjectName(
                                name.value().substring(0, Math.min(name.value().length(), 240))),
                        body,
                        options)));
        all.put("never says the same of itself", store -> new ForwardingObjectStore(store) {
            private final AtomicInteger count = new AtomicInteger();

            @Override
            public String describe() {
                return "store " + count.incrementAndGet();
            }
        });
    }

    private static ObjectBody unclosed(ObjectBody body) {
        return new ObjectBody() {
            @Override
            public long length() {
                return body.length();
            }

            @Override
            public InputStream open() {
                return new FilterInputStream(body.open()) {
                    @Override
                    public void close() {}
                };
            }
        };
    }

    private static void dawdle() {
        for (int i = 0; i < 50_000; i++) {
            Thread.onSpinWait();
        }
    }

    /** Lets every second put of a crowd fall off. */
    private static final class OneAtATime extends ForwardingObjectStore {
        private final AtomicInteger crowd = new AtomicInteger();

        OneAtATime(ObjectStore inner) {
            super(inner);
        }

        @Override
        public PutResult put(ObjectName name, ObjectBody body, PutOptions options) {
            boolean falls = name.value().startsWith("fresh/") && crowd.incrementAndGet() % 2 == 0;
            return falls ? PutResult.WRITTEN : inner.put(name, body, options);
        }
    }

    private static PutOptions overwriting(PutOptions options) {
        return new PutOptions(PutMode.overwrite(), options.protection());
    }

    private static void creating(Map<String, UnaryOperator<ObjectStore>> all) {
        all.put(
                "accepts conditions and ignores them",
                putting((inner, name, body, options) -> inner.put(name, body, overwriting(options))));
        all.put(
                "refuses every create",
                putting((inner, name, body, options) -> options.mode() instanceof PutMode.CreateOnly
                        ? PutResult.REFUSED
                        : inner.put(name, body, options)));
        all.put("remembers names that are gone", store -> {
            Set<ObjectName> taken = ConcurrentHashMap.newKeySet();
            return putting((inner, name, body, options) ->
                            options.mode() instanceof PutMode.CreateOnly && !taken.add(name)
                                    ? PutResult.REFUSED
                                    : inner.put(name, body, options))
                    .apply(store);
        });
        all.put(
                "creates what was to be replaced",
                putting((inner, name, body, options) -> options.mode() instanceof PutMode.ReplaceVersion
                                && inner.stat(name).isEmpty()
                        ? inner.put(name, body, overwriting(options))
                        : inner.put(name, body, options)));
        all.put("claims nothing and refuses nothing", store -> new ForwardingObjectStore(store) {
            @Override
            public StoreCapabilities capabilities() {
                return StoreCapabilities.basic();
            }
        });
    }

    /** A store whose deletes do something else. */
    static UnaryOperator<ObjectStore> deleting(BiFunction<ObjectStore, ObjectName, DeleteResult> broken) {
        return store -> new ForwardingObjectStore(store) {
            @Override
            public DeleteResult delete(ObjectName name) {
                return broken.apply(inner, name);
            }
        };
    }

    private static void deleting(Map<String, UnaryOperator<ObjectStore>> all) {
        all.put("deletes nothing", deleting((inner, name) -> DeleteResult.DELETED));
        all.put("deletes what is absent", deleting((inner, name) -> {
            inner.delete(name);
            return DeleteResult.DELETED;
        }));
        all.put("deletes the neighbours too", deleting((inner, name) -> {
            DeleteResult result = inner.delete(name);
            inner.list(name.value().substring(0, name.value().lastIndexOf('/') + 1))
                    .forEachRemaining(stat -> inner.delete(stat.name()));
            return result;
        }));
        all.put("calls what is gone retained", deleting((inner, name) -> {
            DeleteResult result = inner.delete(name);
            return result == DeleteResult.ABSENT ? DeleteResult.RETAINED : result;
        }));
    }

    /** A store whose deletes of several do something else. */
    private static UnaryOperator<ObjectStore> deletingSeveral(
            BiFunction<ObjectStore, List<ObjectName>, List<Deletion>> broken) {
        return store -> new ForwardingObjectStore(store) {
            @Override
            public List<Deletion> deleteAll(List<ObjectName> names) {
                return broken.apply(inner, names);
            }
        };
    }

    private static void suspicious(Map<String, UnaryOperator<ObjectStore>> all) {
        all.put("calls what it wrote itself an intruder's", store -> new ForwardingObjectStore(store) {
            @Override
            public List<Overlay> overlays(String prefix) {
                List<Overlay> found = new ArrayList<>();
                inner.list(prefix)
                        .forEachRemaining(each -> found.add(new Overlay(each.name(), "1", false, each.modified())));
                return found;
            }
        });
    }

    private static List<Deletion> believed(List<ObjectName> names) {
        return names.stream()
                .map(name -> Deletion.of(name, DeleteResult.DELETED))
                .toList();
    }

    private static void deletingSeveral(Map<String, UnaryOperator<ObjectStore>> all) {
        all.put("deletes of several as many as fit into a request", deletingSeveral((inner, names) -> {
            inner.deleteAll(names.subList(0, Math.min(1_000, names.size())));
            return believed(names);
        }));
        all.put("deletes of several the first only", deletingSeveral((inner, names) -> {
            names.stream().limit(1).forEach(inner::delete);
            return believed(names);
        }));
        all.put("calls what of several is protected deleted", deletingSeveral((inner, names) -> {
            inner.deleteAll(names);
            return believed(names);
        }));
    }

    private static void protecting(Map<String, UnaryOperator<ObjectStore>> all) {
        all.put(
                "drops protections",
                putting((inner, name, body, options) ->
                        inner.put(name, body, new PutOptions(options.mode(), Protection.none()))));
        all.put(
                "drops the protection of what it creates",
                putting((inner, name, body, options) -> inner.put(
                        name, body, options.mode() instanceof PutMode.CreateOnly ? PutOptions.createOnly() : options)));
        all.put(
                "protects for ever",
                deleting((inner, name) -> inner.stat(name)
                                .filter(stat -> !stat.protection().isNone())
                                .isPresent()
                        ? DeleteResult.RETAINED
                        : inner.delete(name)));
        all.put("forgets to protect later", store -> new ForwardingObjectStore(store) {
            @Override
            public void protect(ObjectName name, Protection protection) {
                requireThere(inner, name);
            }
        });
        all.put("protects what is missing", store -> new ForwardingObjectStore(store) {
            @Override
            public void protect(ObjectName name, Protection protection) {
                if (inner.stat(name).isEmpty()) {
                    inner.put(name, ObjectBody.of(new byte[0]), PutOptions.overwrite());
                }
                inner.protect(name, protection);
            }
        });
        all.put("lets reading wear a protection off", store -> new WornOff(store));
        all.put("sets a protection instead of extending it", LooseProtection::new);
        all.put("protects whole folders", deleting((inner, name) -> {
            int slash = name.value().lastIndexOf('/');
            boolean[] kept = {false};
            inner.list(name.value().substring(0, slash + 1))
                    .forEachRemaining(stat -> kept[0] |= !stat.protection().isNone());
            return slash > 0 && kept[0] ? DeleteResult.RETAINED : inner.delete(name);
        }));
    }

    private static final class WornOff extends ForwardingObjectStore {
        private final AtomicInteger reads = new AtomicInteger();

        WornOff(ObjectStore inner) {
            super(inner);
        }

        @Override
        public InputStream get(ObjectName name, ByteRange range) {
            reads.incrementAndGet();
            return inner.get(name, range);
        }

        @Override
        public Optional<ObjectStat> stat(ObjectName name) {
            return inner.stat(name)
                    .map(stat -> new ObjectStat(
                            stat.name(),
                            stat.length(),
                            stat.modified(),
                            stat.version(),
                            new Protection(
                                    stat.protection().retainUntil().map(date -> date.minusSeconds(reads.get())),
                                    stat.protection().hold())));
        }
    }

    /** Keeps protections itself: the last one said wins, and nothing stops an overwrite. */
    private static final class LooseProtection extends ForwardingObjectStore {
        private final Map<ObjectName, Protection> said = new ConcurrentHashMap<>();

        LooseProtection(ObjectStore inner) {
            super(inner);
        }

        @Override
        public PutResult put(ObjectName name, ObjectBody body, PutOptions options) {
            PutResult result = inner.put(name, body, new PutOptions(options.mode(), Protection.none()));
            if (result == PutResult.WRITTEN) {
                said.put(name, options.protection());
            }
            return result;
        }

        @Override
        public Optional<ObjectStat> stat(ObjectName name) {
            return inner.stat(name)
                    .map(stat -> new ObjectStat(
                            stat.name(), stat.length(), stat.modified(), stat.version(), protection(name)));
        }

        private Protection protection(ObjectName name) {
            return said.getOrDefault(name, Protection.none());
        }

        @Override
        public void protect(ObjectName name, Protection protection) {
            requireThere(inner, name);
            said.put(name, protection);
        }

        @Override
        public DeleteResult delete(ObjectName name) {
            return protection(name).isActiveAt(Instant.parse("2030-01-01T00:00:04Z"))
                    ? DeleteResult.RETAINED
                    : inner.delete(name);
        }
    }

    private static void requireThere(ObjectStore store, ObjectName name) {
        if (store.stat(name).isEmpty()) {
            throw new ObjectMissingException(name.value(), null);
        }
    }

    static StoreException unavailable() {
        return new StoreException(ErrorCode.STORE_UNAVAILABLE, "broken on purpose", "Repair it");
    }
}
