// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.manifest.InMemoryManifest;
import io.holdfast.manifest.Manifest;
import io.holdfast.manifest.ManifestDigest;
import io.holdfast.manifest.ManifestEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Manifests that break one promise of summing up or comparing each; keyed by what is wrong with them. */
final class BrokenManifestSums {
    private BrokenManifestSums() {}

    static void addTo(Map<String, UnaryOperator<Manifest>> all) {
        summing(all);
        comparing(all);
    }

    /** Sums up in another way. */
    private interface Summing {
        ManifestDigest digest(Manifest inner);
    }

    private static UnaryOperator<Manifest> summing(Summing broken) {
        return manifest -> new BrokenManifests.Forwarding(manifest) {
            @Override
            Manifest again(Manifest changed) {
                return summing(broken).apply(changed);
            }

            @Override
            public ManifestDigest digest() {
                return broken.digest(inner);
            }
        };
    }

    private static UnaryOperator<Manifest> counting(UnaryOperator<Manifest.Counts> broken) {
        return manifest -> new BrokenManifests.Forwarding(manifest) {
            @Override
            Manifest again(Manifest changed) {
                return counting(broken).apply(changed);
            }

            @Override
            public Counts counts() {
                return broken.apply(inner.counts());
            }
        };
    }

    private static ManifestDigest sum(
            List<ManifestEntry> entries, java.util.function.ToIntFunction<ManifestEntry> hash) {
        byte[] bytes = new byte[32];
        entries.forEach(entry -> bytes[31] ^= (byte) hash.applyAsInt(entry));
        return new ManifestDigest(bytes);
    }

    private static void summing(Map<String, UnaryOperator<Manifest>> all) {
        all.put("counts no bytes", counting(counts -> new Manifest.Counts(counts.items(), counts.containers(), 0)));
        all.put(
                "counts containers as items",
                counting(counts -> new Manifest.Counts(counts.items() + counts.containers(), 0, counts.bytes())));
        all.put(
                "has a digest of its own when it is empty",
                summing(inner -> inner.digest().plus(new byte[] {
                    1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
                })));
        all.put(
                "takes keys for items in its digest",
                summing(inner -> sum(
                        BrokenManifests.pull(inner, Optional.empty()),
                        entry -> entry.key().hashCode() | 1)));
        all.put(
                "takes tags into its digest",
                summing(inner -> inner.digest()
                        .plus(Arrays.copyOf(
                                sum(
                                                BrokenManifests.pull(inner, Optional.empty()),
                                                entry -> entry.contentTag().hashCode() | 1)
                                        .bytes(),
                                32))));
        all.put("takes its history into its digest", manifest -> new Remembering(manifest, manifest.digest()));
    }

    /** Adds up what it was given, and forgets to take away what was there. */
    private static final class Remembering extends BrokenManifests.Forwarding {
        private final ManifestDigest digest;

        Remembering(Manifest inner, ManifestDigest digest) {
            super(inner);
            this.digest = digest;
        }

        @Override
        Manifest again(Manifest changed) {
            return new Remembering(changed, digest.plus(changed.digest().bytes()));
        }

        @Override
        public ManifestDigest digest() {
            return inner.counts().items() == 0 ? ManifestDigest.empty() : digest;
        }
    }

    private static UnaryOperator<Manifest> comparing(UnaryOperator<List<Manifest.Difference>> broken) {
        return manifest -> new BrokenManifests.Forwarding(manifest) {
            @Override
            Manifest again(Manifest changed) {
                return comparing(broken).apply(changed);
            }

            @Override
            public DifferenceCursor diff(Manifest older) {
                List<Difference> found = new ArrayList<>();
                try (DifferenceCursor cursor = inner.diff(older)) {
                    for (Difference each = cursor.next(); each != null; each = cursor.next()) {
                        found.add(each);
                    }
                }
                Iterator<Difference> rest = broken.apply(found).iterator();
                return new DifferenceCursor() {
                    @Override
                    public @Nullable Difference next() {
                        return rest.hasNext() ? rest.next() : null;
                    }

                    @Override
                    public void close() {
                        // nothing is held
                    }
                };
            }
        };
    }

    private static void comparing(Map<String, UnaryOperator<Manifest>> all) {
        all.put(
                "tells no removals",
                comparing(found ->
                        found.stream().filter(each -> each.after().isPresent()).toList()));
        all.put(
                "tells what was added only",
                comparing(found ->
                        found.stream().filter(each -> each.before().isEmpty()).toList()));
        all.put("compares with its own kind only", manifest -> new BrokenManifests.Forwarding(manifest) {
            @Override
            Manifest again(Manifest changed) {
                return BrokenManifests.all()
                        .get("compares with its own kind only")
                        .apply(changed);
            }

            @Override
            public DifferenceCursor diff(Manifest older) {
                if (older instanceof InMemoryManifest) {
                    throw new ClassCastException("another kind");
                }
                return inner.diff(older);
            }
        });
        all.put("takes new tags for a change", manifest -> new Tagging(manifest));
    }

    /** Compares whole entries. */
    private static final class Tagging extends BrokenManifests.Forwarding {
        Tagging(Manifest inner) {
            super(inner);
        }

        @Override
        Manifest again(Manifest changed) {
            return new Tagging(changed);
        }

        @Override
        public DifferenceCursor diff(Manifest older) {
            Iterator<Difference> rest = BrokenManifests.pull(inner, Optional.empty()).stream()
                    .map(entry -> new Difference(older.get(entry.key()), Optional.of(entry)))
                    .filter(each -> !each.before().equals(each.after()))
                    .iterator();
            return new DifferenceCursor() {
                @Override
                public @Nullable Difference next() {
                    return rest.hasNext() ? rest.next() : null;
                }

                @Override
                public void close() {
                    // nothing is held
                }
            };
        }
    }
}
