// SPDX-License-Identifier: Apache-2.0
package io.holdfast.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the calls to a store and their bytes, for reports.
 *
 * <p>Safe for use by several threads if the store below is. Placed below the retries it counts each attempt, as the store's bill does.
 */
public final class CountingObjectStore implements ObjectStore {
    private final ObjectStore store;
    private final Adders counted;

    /**
     * Counts the calls to a store.
     *
     * @param store the store; closed with this one
     */
    public CountingObjectStore(ObjectStore store) {
        this(Objects.requireNonNull(store, "store"), new Adders());
    }

    private CountingObjectStore(ObjectStore store, Adders counted) {
        this.store = store;
        this.counted = counted;
    }

    private static final class Adders {
        private final LongAdder puts = new LongAdder();
        private final LongAdder gets = new LongAdder();
        private final LongAdder stats = new LongAdder();
        private final LongAdder lists = new LongAdder();
        private final LongAdder deletes = new LongAdder();
        private final LongAdder protects = new LongAdder();
        private final LongAdder bytesWritten = new LongAdder();
        private final LongAdder bytesRead = new LongAdder();
    }

    /**
     * What was counted so far.
     *
     * @return the counts
     */
    public StoreCounts counts() {
        return new StoreCounts(
                counted.puts.sum(),
                counted.gets.sum(),
                counted.stats.sum(),
                counted.lists.sum(),
                counted.deletes.sum(),
                counted.protects.sum(),
                counted.bytesWritten.sum(),
                counted.bytesRead.sum());
    }

    @Override
    public String describe() {
        return store.describe();
    }

    @Override
    public StoreCapabilities capabilities() {
        return store.capabilities();
    }

    @Override
    public PutResult put(ObjectName name, ObjectBody body, PutOptions options) {
        counted.puts.increment();
        PutResult result = store.put(name, body, options);
        if (result == PutResult.WRITTEN) {
            counted.bytesWritten.add(body.length());
        }
        return result;
    }

    @Override
    public InputStream get(ObjectName name, ByteRange range) {
        counted.gets.increment();
        return new CountedStream(store.get(name, range), counted.bytesRead);
    }

    @Override
    public Optional<ObjectStat> stat(ObjectName name) {
        counted.stats.increment();
        return store.stat(name);
    }

    @Override
    public ObjectListing list(String prefix) {
        counted.lists.increment();
        return store.list(prefix);
    }

    @Override
    public DeleteResult delete(ObjectName name) {
        counted.deletes.increment();
        return store.delete(name);
    }

    @Override
    public List<Deletion> deleteAll(List<ObjectName> names) {
        counted.deletes.add(names.size());
        return store.deleteAll(names);
    }

    @Override
    public void protect(ObjectName name, Protection protection) {
        counted.protects.increment();
        store.protect(name, protection);
    }

    @Override
    public List<Overlay> overlays(String prefix) {
        counted.lists.increment();
        return store.overlays(prefix);
    }

    @Override
    public DeleteResult remove(Overlay overlay) {
        counted.deletes.increment();
        return store.remove(overlay);
    }

    @Override
    public Optional<ObjectStore> inParts() {
        return store.inParts().map(view -> new CountingObjectStore(view, counted));
    }

    @Override
    public void close() {
        store.close();
    }

    private static final class CountedStream extends FilterInputStream {
        private final LongAdder bytes;

        CountedStream(InputStream in, LongAdder bytes) {
            super(in);
            this.bytes = bytes;
        }

        @Override
        public int read() throws IOException {
            int b = in.read();
            bytes.add(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int n = in.read(into, offset, length);
            bytes.add(Math.max(0, n));
            return n;
        }

        @Override
        public byte[] readNBytes(int length) throws IOException {
            byte[] read = in.readNBytes(length);
            bytes.add(read.length);
            return read;
        }

        @Override
        public byte[] readAllBytes() throws IOException {
            byte[] read = in.readAllBytes();
            bytes.add(read.length);
            return read;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
