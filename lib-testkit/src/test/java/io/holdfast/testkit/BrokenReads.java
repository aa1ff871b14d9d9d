// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.error.HoldfastException;
import io.holdfast.error.ObjectMissingException;
import io.holdfast.store.ByteRange;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStat;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.Protection;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Stores that break one promise of reading each. */
final class BrokenReads {
    private BrokenReads() {}

    /** A get that does something else. */
    @FunctionalInterface
    private interface BrokenGet {
        InputStream get(ObjectStore inner, ObjectName name, ByteRange range);
    }

    private static UnaryOperator<ObjectStore> getting(BrokenGet broken) {
        return store -> new ForwardingObjectStore(store) {
            @Override
            public InputStream get(ObjectName name, ByteRange range) {
                return broken.get(inner, name, range);
            }
        };
    }

    static void addTo(Map<String, UnaryOperator<ObjectStore>> all) {
        ranges(all);
        streams(all);
        all.put(
                "reads nothing where nothing is",
                getting((inner, name, range) ->
                        inner.stat(name).isEmpty() ? InputStream.nullInputStream() : inner.get(name, range)));
        all.put("does not say what is missing", getting((inner, name, range) -> {
            if (inner.stat(name).isEmpty()) {
                throw new ObjectMissingException("?", null);
            }
            return inner.get(name, range);
        }));
        all.put("takes folders for objects", store -> new ForwardingObjectStore(store) {
            @Override
            public Optional<ObjectStat> stat(ObjectName name) {
                boolean folder = inner.list(name.value() + "/").hasNext();
                return folder
                        ? Optional.of(new ObjectStat(name, 0, Instant.EPOCH, Optional.empty(), Protection.none()))
                        : inner.stat(name);
            }
        });
        all.put("knows no lengths and times", store -> new ForwardingObjectStore(store) {
            @Override
            public Optional<ObjectStat> stat(ObjectName name) {
                return inner.stat(name)
                        .map(stat -> new ObjectStat(stat.name(), 0, Instant.EPOCH, stat.version(), stat.protection()));
            }
        });
    }

    private static void ranges(Map<String, UnaryOperator<ObjectStore>> all) {
        all.put(
                "ignores offsets",
                getting((inner, name, range) ->
                        range.fromEnd() ? inner.get(name, range) : inner.get(name, ByteRange.of(0, range.length()))));
        all.put(
                "ignores lengths",
                getting((inner, name, range) -> range.fromEnd()
                        ? inner.get(name, range)
                        : inner.get(name, ByteRange.of(range.offset(), Long.MAX_VALUE))));
        all.put(
                "counts from the wrong end",
                getting((inner, name, range) ->
                        inner.get(name, range.fromEnd() ? ByteRange.of(0, range.length()) : range)));
        all.put("refuses ranges longer than the object", getting((inner, name, range) -> {
            long length = inner.stat(name).map(ObjectStat::length).orElse(0L);
            if (range.length() != Long.MAX_VALUE && range.offset() + range.length() > length
                    || range.fromEnd() && range.length() > length) {
                throw BrokenStores.unavailable();
            }
            return inner.get(name, range);
        }));
        all.put("reads nothing behind the end", getting((inner, name, range) -> {
            try {
                return inner.get(name, range);
            } catch (HoldfastException e) {
                if (inner.stat(name).isEmpty()) {
                    throw e;
                }
                return InputStream.nullInputStream();
            }
        }));
    }

    private static void streams(Map<String, UnaryOperator<ObjectStore>> all) {
        all.put("reads signed bytes", getting((inner, name, range) -> new FilterInputStream(inner.get(name, range)) {
            @Override
            public int read() throws IOException {
                return (byte) super.read();
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return super.read(into, offset, length);
            }
        }));
        all.put("skips too far", getting((inner, name, range) -> new FilterInputStream(inner.get(name, range)) {
            @Override
            public long skip(long count) throws IOException {
                return super.skip(count + 1) - 1;
            }

            @Override
            public void skipNBytes(long count) throws IOException {
                super.skipNBytes(count + 1);
            }
        }));
        all.put(
                "cannot close a stream twice",
                getting((inner, name, range) -> new FilterInputStream(inner.get(name, range)) {
                    private boolean closed;

                    @Override
                    public void close() throws IOException {
                        if (closed) {
                            throw new IOException("closed");
                        }
                        closed = true;
                    }
                }));
        all.put("has one stream at a time", store -> new OneStream(store));
        all.put("ends large streams early", getting((inner, name, range) -> {
            long length = inner.stat(name).map(ObjectStat::length).orElse(0L);
            return length > 500_000 && range.offset() > 0
                    ? inner.get(name, ByteRange.of(range.offset(), 400_000))
                    : inner.get(name, range);
        }));
    }

    private static final class OneStream extends ForwardingObjectStore {
        private final AtomicInteger open = new AtomicInteger();

        OneStream(ObjectStore inner) {
            super(inner);
        }

        @Override
        public InputStream get(ObjectName name, ByteRange range) {
            InputStream in = inner.get(name, range);
            if (open.incrementAndGet() > 1) {
                throw BrokenStores.unavailable();
            }
            return new FilterInputStream(in) {
                @Override
                public void close() throws IOException {
                    open.set(0);
                }
            };
        }
    }
}
