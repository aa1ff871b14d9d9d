// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.simulation;

import io.holdfast.model.ItemRef;
import io.holdfast.model.ResourceId;
import io.holdfast.runtime.MemoryBudget;
import io.holdfast.source.Change;
import io.holdfast.source.ChangePage;
import io.holdfast.source.Cursor;
import io.holdfast.source.Feed;
import io.holdfast.source.Fetched;
import io.holdfast.source.Part;
import io.holdfast.source.ProviderHash;
import io.holdfast.source.Pull;
import io.holdfast.source.Resource;
import io.holdfast.source.Source;
import io.holdfast.source.SourceConnector;
import io.holdfast.testkit.ForwardingSource;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds that content comes into memory only where the budget admitted it (I6): whoever reads a part has taken as much as he has read of it, up
 * to what a stream needs at most, and in the end everything is given back. For sessions in one thread.
 */
final class MemoryWatch {
    /** Two of the largest chunks: more of a stream is never in hand. */
    private static final long MOST_OF_A_STREAM = 8L << 20;
    /** What a reader has from the beginning, for contents that are short. */
    private static final long SHORT = 64 << 10;

    private Optional<MemoryBudget> budget = Optional.empty();
    private long longReads;

    /** How many reads went beyond what is short. */
    long longReads() {
        return longReads;
    }

    SourceConnector watching(SourceConnector source) {
        return ForwardingSource.opening(source, (open, context) -> {
            budget = Optional.of(context.memory());
            return new WatchedSource(open, context.memory());
        });
    }

    void requireAllGivenBack() {
        budget.ifPresent(memory -> Checker.require(
                memory.freeBytes() == memory.totalBytes(),
                () -> memory.totalBytes() - memory.freeBytes() + " bytes of memory were not given back"));
    }

    private List<Part> watched(List<Part> parts, MemoryBudget memory) {
        return parts.stream().<Part>map(part -> new WatchedPart(part, memory)).toList();
    }

    private final class WatchedSource extends ForwardingSource {
        private final MemoryBudget memory;

        WatchedSource(Source inner, MemoryBudget memory) {
            super(inner);
            this.memory = memory;
        }

        @Override
        public ChangePage changes(Resource resource, Feed feed, Optional<Cursor> from) {
            ChangePage page = inner.changes(resource, feed, from);
            return new ChangePage() {
                @Override
                public @Nullable Change next() {
                    Change change = page.next();
                    return change instanceof Change.Upsert upsert
                            ? new Change.Upsert(upsert.item(), watched(upsert.parts(), memory))
                            : change;
                }

                @Override
                public End end() {
                    return page.end();
                }

                @Override
                public void close() {
                    page.close();
                }
            };
        }

        @Override
        public Pull<Fetched> fetch(ResourceId resource, List<ItemRef> items) {
            Pull<Fetched> pull = inner.fetch(resource, items);
            return new Pull<>() {
                @Override
                public @Nullable Fetched next() {
                    Fetched fetched = pull.next();
                    return fetched instanceof Fetched.Found found
                            ? new Fetched.Found(found.ref(), found.item(), watched(found.parts(), memory))
                            : fetched;
                }

                @Override
                public void close() {
                    pull.close();
                }
            };
        }
    }

    private final class WatchedPart implements Part {
        private final Part part;
        private final MemoryBudget memory;

        WatchedPart(Part part, MemoryBudget memory) {
            this.part = part;
            this.memory = memory;
        }

        @Override
        public String name() {
            return part.name();
        }

        @Override
        public Form form() {
            return part.form();
        }

        @Override
        public long length() {
            return part.length();
        }

        @Override
        public Optional<ProviderHash> hash() {
            return part.hash();
        }

        @Override
        public Optional<byte[]> sha256() {
            return part.sha256();
        }

        @Override
        public Resume resume() {
            return part.resume();
        }

        @Override
        public InputStream open(long offset) throws IOException {
            return new WatchedStream(part.open(offset), part.name(), memory);
        }
    }

    /** Looks at the budget before each read. */
    private final class WatchedStream extends FilterInputStream {
        private final String part;
        private final MemoryBudget memory;
        private final long heldBefore;
        private long count;

        WatchedStream(InputStream in, String part, MemoryBudget memory) {
            super(in);
            this.part = part;
            this.memory = memory;
            this.heldBefore = held();
        }

        private long held() {
            return memory.totalBytes() - memory.freeBytes();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            Checker.require(
                    held() >= bytes.length,
                    () -> "part '" + part + "' is read into " + bytes.length + " bytes of " + held()
                            + " that were taken");
            long inHand = Math.min(count, MOST_OF_A_STREAM);
            if (inHand > SHORT) {
                longReads++;
                Checker.require(
                        held() - heldBefore >= inHand,
                        () -> "part '" + part + "' has " + count + " bytes in memory for which " + (held() - heldBefore)
                                + " were taken");
            }
            int read = super.read(bytes, offset, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
