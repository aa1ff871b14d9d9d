// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.manifest.EntryChange;
import io.holdfast.manifest.Manifest;
import io.holdfast.manifest.ManifestDigest;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.manifest.ManifestOrder;
import io.holdfast.model.ItemKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Manifests that break one promise each; keyed by what is wrong with them, each made of a sound one. */
final class BrokenManifests {
    private BrokenManifests() {}

    static Map<String, UnaryOperator<Manifest>> all() {
        Map<String, UnaryOperator<Manifest>> all = new LinkedHashMap<>();
        finding(all);
        reading(all);
        applying(all);
        BrokenManifestSums.addTo(all);
        return all;
    }

    /** Passes every call on, and breaks what it is changed into as well. */
    abstract static class Forwarding implements Manifest {
        final Manifest inner;

        Forwarding(Manifest inner) {
            this.inner = inner;
        }

        abstract Manifest again(Manifest changed);

        @Override
        public Optional<ManifestEntry> get(ItemKey key) {
            return inner.get(key);
        }

        @Override
        public EntryCursor range(Optional<ManifestOrder.Position> after) {
            return inner.range(after);
        }

        @Override
        public Manifest apply(List<EntryChange> changes) {
            return again(inner.apply(changes));
        }

        @Override
        public Counts counts() {
            return inner.counts();
        }

        @Override
        public ManifestDigest digest() {
            return inner.digest();
        }
    }

    static List<ManifestEntry> pull(Manifest manifest, Optional<ManifestOrder.Position> after) {
        List<ManifestEntry> all = new ArrayList<>();
        try (Manifest.EntryCursor cursor = manifest.range(after)) {
            for (ManifestEntry entry = cursor.next(); entry != null; entry = cursor.next()) {
                all.add(entry);
            }
        }
        return all;
    }

    private static Manifest.EntryCursor cursor(List<ManifestEntry> entries) {
        Iterator<ManifestEntry> rest = entries.iterator();
        return new Manifest.EntryCursor() {
            @Override
            public @Nullable ManifestEntry next() {
                return rest.hasNext() ? rest.next() : null;
            }

            @Override
            public void close() {
                // nothing is held
            }
        };
    }

    /** Finds items in another way. */
    private interface Finding {
        Optional<ManifestEntry> get(Manifest inner, ItemKey key);
    }

    private static UnaryOperator<Manifest> finding(Finding broken) {
        return manifest -> new Forwarding(manifest) {
            @Override
            Manifest again(Manifest changed) {
                return finding(broken).apply(changed);
            }

            @Override
            public Optional<ManifestEntry> get(ItemKey key) {
                return broken.get(inner, key);
            }
        };
    }

    private static void finding(Map<String, UnaryOperator<Manifest>> all) {
        all.put(
                "finds no containers",
                finding((inner, key) ->
                        inner.get(key).filter(entry -> !entry.kind().container())));
        all.put(
                "finds the next item",
                finding((inner, key) -> Optional.ofNullable(inner.range(
                                Optional.of(new ManifestOrder.Position(false, new ItemKey(key.value() + "!"))))
                        .next())));
        all.put(
                "finds items by the beginnings of their keys",
                finding((inner, key) -> inner.get(key)
                        .or(() -> pull(inner, Optional.empty()).stream()
                                .filter(entry -> entry.key().value().startsWith(key.value()))
                                .findFirst())));
        Thread only = Thread.currentThread();
        all.put("is read by one thread", finding((inner, key) -> {
            if (Thread.currentThread() != only) {
                throw new IllegalStateException("another thread");
            }
            return inner.get(key);
        }));
    }

    /** Reads entries in another way. */
    private interface Reading {
        Manifest.EntryCursor range(Manifest inner, Optional<ManifestOrder.Position> after);
    }

    private static UnaryOperator<Manifest> reading(Reading broken) {
        return manifest -> new Forwarding(manifest) {
            @Override
            Manifest again(Manifest changed) {
                return reading(broken).apply(changed);
            }

            @Override
            public EntryCursor range(Optional<ManifestOrder.Position> after) {
                return broken.range(inner, after);
            }
        };
    }

    private static void reading(Map<String, UnaryOperator<Manifest>> all) {
        all.put(
                "sorts by characters",
                reading((inner, after) -> cursor(pull(inner, after).stream()
                        .sorted(Comparator.comparing(ManifestEntry::key))
                        .toList())));
        all.put(
                "begins at the position and not behind it",
                reading((inner, after) -> cursor(pull(inner, Optional.empty()).stream()
                        .filter(entry -> after.isEmpty()
                                || ManifestOrder.COMPARATOR.compare(ManifestOrder.position(entry), after.get()) >= 0)
                        .toList())));
        all.put(
                "knows only positions that it has",
                reading((inner, after) -> inner.range(
                        after.filter(position -> inner.get(position.key()).isPresent()))));
        all.put("begins anew at its end", reading((inner, after) -> new Manifest.EntryCursor() {
            private Manifest.EntryCursor at = inner.range(after);

            @Override
            public @Nullable ManifestEntry next() {
                ManifestEntry next = at.next();
                at = next == null ? inner.range(after) : at;
                return next;
            }

            @Override
            public void close() {
                at.close();
            }
        }));
        all.put("has one cursor", manifest -> new OneCursor(manifest));
    }

    /** Gives everybody the same cursor until it is closed. */
    private static final class OneCursor extends Forwarding {
        private Manifest.@Nullable EntryCursor open;

        OneCursor(Manifest inner) {
            super(inner);
        }

        @Override
        Manifest again(Manifest changed) {
            return new OneCursor(changed);
        }

        @Override
        public EntryCursor range(Optional<ManifestOrder.Position> after) {
            EntryCursor shared = Objects.requireNonNullElseGet(open, () -> inner.range(after));
            open = shared;
            return new EntryCursor() {
                @Override
                public @Nullable ManifestEntry next() {
                    return shared.next();
                }

                @Override
                public void close() {
                    open = null;
                }
            };
        }
    }

    /** Applies changes in another way. */
    private interface Applying {
        Manifest apply(Manifest inner, List<EntryChange> changes);
    }

    private static UnaryOperator<Manifest> applying(Applying broken) {
        return manifest -> new Forwarding(manifest) {
            @Override
            Manifest again(Manifest changed) {
                return applying(broken).apply(changed);
            }

            @Override
            public Manifest apply(List<EntryChange> changes) {
                return again(broken.apply(inner, changes));
            }
        };
    }

    private static void applying(Map<String, UnaryOperator<Manifest>> all) {
        all.put(
                "removes nothing",
                applying((inner, changes) -> inner.apply(changes.stream()
                        .filter(EntryChange.Put.class::isInstance)
                        .toList())));
        all.put(
                "keeps the first of what it is given",
                applying((inner, changes) -> inner.apply(changes.stream()
                        .filter(change -> change instanceof EntryChange.Remove
                                || inner.get(change.position().key()).isEmpty())
                        .toList())));
        all.put(
                "takes a thousand changes",
                applying((inner, changes) -> inner.apply(changes.subList(0, Math.min(1000, changes.size())))));
        all.put("sorts what it is given", applying((inner, changes) -> {
            Map<ManifestOrder.Position, EntryChange> sorted = new java.util.TreeMap<>(ManifestOrder.COMPARATOR);
            changes.forEach(change -> sorted.put(change.position(), change));
            return inner.apply(List.copyOf(sorted.values()));
        }));
        all.put("changes itself", Changing::new);
        all.put("fails at what it does not have", applying((inner, changes) -> {
            for (EntryChange change : changes) {
                if (change instanceof EntryChange.Remove
                        && inner.get(change.position().key()).isEmpty()) {
                    throw new IllegalStateException("no such item");
                }
            }
            return inner.apply(changes);
        }));
    }

    /** Becomes what it is changed into. */
    private static final class Changing implements Manifest {
        private Manifest inner;

        Changing(Manifest inner) {
            this.inner = inner;
        }

        @Override
        public Optional<ManifestEntry> get(ItemKey key) {
            return inner.get(key);
        }

        @Override
        public EntryCursor range(Optional<ManifestOrder.Position> after) {
            return inner.range(after);
        }

        @Override
        public Manifest apply(List<EntryChange> changes) {
            inner = inner.apply(changes);
            return this;
        }

        @Override
        public Counts counts() {
            return inner.counts();
        }

        @Override
        public ManifestDigest digest() {
            return inner.digest();
        }
    }
}
