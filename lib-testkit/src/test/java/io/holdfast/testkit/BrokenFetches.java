// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.model.ItemRef;
import io.holdfast.model.ResourceId;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.source.Fetched;
import io.holdfast.source.Part;
import io.holdfast.source.ProviderHash;
import io.holdfast.source.Pull;
import io.holdfast.source.SourceConnector;
import io.holdfast.source.SourceItem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Sources that break one promise of fetching each; keyed by what is wrong with them. */
final class BrokenFetches {
    private BrokenFetches() {}

    static void addTo(Map<String, UnaryOperator<SourceConnector>> all) {
        outcomes(all);
        batches(all);
        contents(all);
        promises(all);
    }

    /** Passes elements on, or something else, or the end. */
    private static class Pulling implements Pull<Fetched> {
        private final Pull<Fetched> inner;
        private final UnaryOperator<@Nullable Fetched> broken;

        Pulling(Pull<Fetched> inner, UnaryOperator<@Nullable Fetched> broken) {
            this.inner = inner;
            this.broken = broken;
        }

        @Override
        public @Nullable Fetched next() {
            Fetched next = inner.next();
            return next == null ? null : broken.apply(next);
        }

        @Override
        public void close() {
            inner.close();
        }
    }

    private static UnaryOperator<SourceConnector> fetching(UnaryOperator<@Nullable Fetched> broken) {
        return BrokenSources.opening((source, context) -> new ForwardingSource(source) {
            @Override
            public Pull<Fetched> fetch(ResourceId resource, List<ItemRef> items) {
                return new Pulling(inner.fetch(resource, items), broken);
            }
        });
    }

    private static void outcomes(Map<String, UnaryOperator<SourceConnector>> all) {
        all.put(
                "calls a deleted item broken",
                fetching(next -> next instanceof Fetched.Gone
                        ? new Fetched.Broken(next.ref(), Failure.of(FailureCategory.UNKNOWN, "404"))
                        : next));
        all.put(
                "gives nothing for what it cannot read",
                fetching(next -> next instanceof Fetched.Refused
                        ? new Fetched.Found(next.ref(), itemOf(next.ref()), List.of())
                        : next));
        all.put("ends a batch at what it cannot read", fetching(next -> next instanceof Fetched.Refused ? null : next));
        all.put(
                "gives the state that it was asked with",
                fetching(next -> next instanceof Fetched.Found found
                        ? new Fetched.Found(
                                next.ref(),
                                BrokenFeeds.with(
                                        found.item(),
                                        new SourceItem.Tags(
                                                next.ref().contentTag(),
                                                next.ref().stateTag())),
                                found.parts())
                        : next));
    }

    private static SourceItem itemOf(ItemRef ref) {
        return new SourceItem(
                ref.key(),
                ref.kind(),
                ref.containers(),
                "nameless",
                SourceItem.Tags.none(),
                Optional.empty(),
                0,
                SourceItem.Metadata.none(),
                List.of());
    }

    private static void batches(Map<String, UnaryOperator<SourceConnector>> all) {
        all.put(
                "answers for the first of a batch",
                BrokenSources.opening((source, context) -> new ForwardingSource(source) {
                    @Override
                    public Pull<Fetched> fetch(ResourceId resource, List<ItemRef> items) {
                        return inner.fetch(resource, items.subList(0, 1));
                    }
                }));
        all.put("cannot close a fetch twice", BrokenSources.opening((source, context) -> new ForwardingSource(source) {
            @Override
            public Pull<Fetched> fetch(ResourceId resource, List<ItemRef> items) {
                return new Pulling(inner.fetch(resource, items), next -> next) {
                    private boolean closed;

                    @Override
                    public void close() {
                        if (closed) {
                            throw new IllegalStateException("closed");
                        }
                        closed = true;
                        super.close();
                    }
                };
            }
        }));
    }

    /** Passes every call on; broken parts override the call that they break. */
    private static class ForwardingPart implements Part {
        final Part inner;

        ForwardingPart(Part inner) {
            this.inner = inner;
        }

        @Override
        public String name() {
            return inner.name();
        }

        @Override
        public Form form() {
            return inner.form();
        }

        @Override
        public long length() {
            return inner.length();
        }

        @Override
        public Optional<ProviderHash> hash() {
            return inner.hash();
        }

        @Override
        public Resume resume() {
            return inner.resume();
        }

        @Override
        public InputStream open(long offset) throws IOException {
            return inner.open(offset);
        }
    }

    private static UnaryOperator<SourceConnector> parts(UnaryOperator<Part> broken) {
        return fetching(next -> next instanceof Fetched.Found found
                ? new Fetched.Found(
                        next.ref(),
                        found.item(),
                        found.parts().stream().map(broken).toList())
                : next);
    }

    private static UnaryOperator<SourceConnector> bytes(UnaryOperator<byte[]> broken) {
        return parts(part -> new ForwardingPart(part) {
            @Override
            public InputStream open(long offset) throws IOException {
                return new ByteArrayInputStream(broken.apply(inner.open(offset).readAllBytes()));
            }
        });
    }

    private static void contents(Map<String, UnaryOperator<SourceConnector>> all) {
        all.put("flips a bit", bytes(bytes -> {
            bytes[bytes.length / 2] ^= 1;
            return bytes;
        }));
        all.put("cuts long contents", bytes(bytes -> Arrays.copyOf(bytes, Math.min(bytes.length, 1 << 18))));
        all.put("reads a part once", parts(part -> new ForwardingPart(part) {
            private boolean opened;

            @Override
            public InputStream open(long offset) throws IOException {
                if (opened) {
                    return InputStream.nullInputStream();
                }
                opened = true;
                return inner.open(offset);
            }
        }));
        all.put("starts a range at the beginning", parts(part -> new ForwardingPart(part) {
            @Override
            public InputStream open(long offset) throws IOException {
                return inner.open(0);
            }
        }));
    }

    private static void promises(Map<String, UnaryOperator<SourceConnector>> all) {
        all.put("calls all parts alike", parts(part -> new ForwardingPart(part) {
            @Override
            public String name() {
                return "content";
            }
        }));
        all.put("announces a length that is off by one", parts(part -> new ForwardingPart(part) {
            @Override
            public long length() {
                return inner.length() - 1;
            }
        }));
        all.put("announces the hash of nothing", parts(part -> new ForwardingPart(part) {
            @Override
            public Optional<ProviderHash> hash() {
                return Optional.of(new ProviderHash("SHA-256", "00", InMemoryItem::sha256));
            }
        }));
    }
}
