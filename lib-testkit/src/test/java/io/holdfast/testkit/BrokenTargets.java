// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemKind;
import io.holdfast.source.KindCapability;
import io.holdfast.source.Renderer;
import io.holdfast.source.RestoreItem;
import io.holdfast.source.RestoreSettings;
import io.holdfast.source.RestoreTarget;
import io.holdfast.source.Source;
import io.holdfast.source.SourceConnector;
import io.holdfast.source.SourceItem;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Sources that break one promise of restoring or rendering each; keyed by what is wrong with them. */
final class BrokenTargets {
    private BrokenTargets() {}

    static void addTo(Map<String, UnaryOperator<SourceConnector>> all) {
        opening(all);
        putting(all);
        settings(all);
        rendering(all);
    }

    /** Passes every call on; broken targets override the call that they break. */
    private static class ForwardingTarget implements RestoreTarget {
        final RestoreTarget inner;

        ForwardingTarget(RestoreTarget inner) {
            this.inner = inner;
        }

        @Override
        public String describe() {
            return inner.describe();
        }

        @Override
        public Placement put(RestoreItem item) {
            return inner.put(item);
        }

        @Override
        public int putsInARow() {
            return inner.putsInARow();
        }

        @Override
        public void finish() {
            inner.finish();
        }

        @Override
        public void close() {
            inner.close();
        }
    }

    private static UnaryOperator<SourceConnector> targeting(
            BiFunction<Source, RestoreSettings, Optional<RestoreTarget>> broken) {
        return BrokenSources.opening((source, context) -> new ForwardingSource(source) {
            @Override
            public Optional<RestoreTarget> restoreTarget(RestoreSettings settings) {
                return broken.apply(inner, settings);
            }
        });
    }

    private static UnaryOperator<SourceConnector> wrapping(UnaryOperator<RestoreTarget> broken) {
        return targeting((source, settings) -> source.restoreTarget(settings).map(broken));
    }

    private static void opening(Map<String, UnaryOperator<SourceConnector>> all) {
        all.put(
                "declares that it takes nothing back",
                BrokenSources.opening((source, context) -> new ForwardingSource(source) {
                    @Override
                    public List<KindCapability> kinds() {
                        return inner.kinds().stream()
                                .map(each ->
                                        new KindCapability(each.kind(), true, false, each.mechanism(), each.lost()))
                                .toList();
                    }
                }));
        all.put("describes no place", wrapping(target -> new ForwardingTarget(target) {
            @Override
            public String describe() {
                return "";
            }
        }));
        all.put(
                "makes its folder when it is opened",
                connector -> ForwardingSource.opening(connector, (source, context) -> new ForwardingSource(source) {
                    @Override
                    public Optional<RestoreTarget> restoreTarget(RestoreSettings settings) {
                        InMemorySource place = (InMemorySource) connector;
                        settings.intoFolder()
                                .ifPresent(folder ->
                                        place.resources().forEach(each -> place.addFolder(each.id(), folder)));
                        return inner.restoreTarget(settings);
                    }
                }));
    }

    private static UnaryOperator<SourceConnector> items(UnaryOperator<RestoreItem> broken) {
        return wrapping(target -> new ForwardingTarget(target) {
            @Override
            public Placement put(RestoreItem item) {
                return inner.put(broken.apply(item));
            }
        });
    }

    private static void putting(Map<String, UnaryOperator<SourceConnector>> all) {
        all.put("puts nothing", wrapping(target -> new ForwardingTarget(target) {
            @Override
            public Placement put(RestoreItem item) {
                return Placement.RESTORED;
            }
        }));
        AtomicInteger numbers = new AtomicInteger();
        all.put(
                "knows nothing of tags",
                items(item -> new RestoreItem(
                        item.resource(), item.item(), item.path(), "" + numbers.incrementAndGet(), item.parts())));
        all.put(
                "names items as it likes",
                items(item ->
                        new RestoreItem(item.resource(), renamed(item.item()), item.path(), item.tag(), item.parts())));
        Thread first = Thread.currentThread();
        all.put("takes items from one thread", wrapping(target -> new ForwardingTarget(target) {
            @Override
            public Placement put(RestoreItem item) {
                if (Thread.currentThread() != first) {
                    throw new IllegalStateException("another thread");
                }
                return inner.put(item);
            }
        }));
        all.put(
                "clears the place first",
                connector -> ForwardingSource.opening(connector, (source, context) -> new ForwardingSource(source) {
                    @Override
                    public Optional<RestoreTarget> restoreTarget(RestoreSettings settings) {
                        return inner.restoreTarget(settings)
                                .map(target -> clearing(target, (InMemorySource) connector));
                    }
                }));
    }

    private static SourceItem renamed(SourceItem item) {
        return new SourceItem(
                item.key(),
                item.kind(),
                item.containers(),
                item.kind().container() ? item.name() : "restored",
                item.tags(),
                item.modified(),
                item.size(),
                item.metadata(),
                item.relations());
    }

    private static RestoreTarget clearing(RestoreTarget target, InMemorySource place) {
        return new ForwardingTarget(target) {
            @Override
            public Placement put(RestoreItem item) {
                if (!item.item().kind().container()) {
                    place.require(item.resource()).items().stream()
                            .filter(each -> !each.folder())
                            .map(InMemoryItem::key)
                            .filter(key -> !isAbout(item, key))
                            .forEach(key -> place.delete(item.resource(), key));
                }
                return inner.put(item);
            }
        };
    }

    private static boolean isAbout(RestoreItem item, ItemKey key) {
        return item.item().key().equals(key);
    }

    private static void settings(Map<String, UnaryOperator<SourceConnector>> all) {
        for (RestoreSettings.Conflict conflict : RestoreSettings.Conflict.values()) {
            all.put(
                    "knows no other policy than " + conflict,
                    targeting((source, asked) -> source.restoreTarget(
                            new RestoreSettings(asked.restoreId(), asked.intoFolder(), asked.toOwner(), conflict))));
        }
        all.put(
                "restores where it likes",
                targeting((source, asked) -> source.restoreTarget(
                        new RestoreSettings(asked.restoreId(), Optional.empty(), asked.toOwner(), asked.conflict()))));
    }

    private static UnaryOperator<SourceConnector> rendering(UnaryOperator<List<Renderer>> broken) {
        return BrokenSources.opening((source, context) -> new ForwardingSource(source) {
            @Override
            public List<Renderer> renderers() {
                return broken.apply(inner.renderers());
            }
        });
    }

    /** A renderer of notes that writes one byte. */
    private static Renderer renderer(String extension, boolean closing) {
        return new Renderer() {
            @Override
            public ItemKind kind() {
                return InMemoryItem.NOTE;
            }

            @Override
            public String extension() {
                return extension;
            }

            @Override
            public void render(RestoreItem item, OutputStream out) throws IOException {
                out.write(1);
                if (closing) {
                    out.close();
                }
            }
        };
    }

    private static void rendering(Map<String, UnaryOperator<SourceConnector>> all) {
        all.put("renders a kind in two ways", rendering(one -> List.of(one.get(0), one.get(0))));
        all.put("names endings without a dot", rendering(one -> List.of(renderer("txt", false))));
        all.put("closes what it renders into", rendering(one -> List.of(renderer(".txt", true))));
    }
}
