// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.StoreException;
import io.holdfast.store.ByteRange;
import io.holdfast.store.DeleteResult;
import io.holdfast.store.InMemoryObjectStore;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectListing;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStat;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.Protection;
import io.holdfast.store.PutOptions;
import io.holdfast.store.PutResult;
import io.holdfast.store.StoreCapabilities;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A store in memory that is full after a number of puts, and counts its requests. */
final class FailingStore implements ObjectStore {
    private final InMemoryObjectStore inner = new InMemoryObjectStore();
    private final AtomicInteger puts = new AtomicInteger();
    private final AtomicInteger gets = new AtomicInteger();
    private final AtomicInteger lists = new AtomicInteger();
    private volatile int putsThatWork;

    FailingStore(int putsThatWork) {
        this.putsThatWork = putsThatWork;
    }

    void heal() {
        putsThatWork = Integer.MAX_VALUE;
    }

    int puts() {
        return puts.get();
    }

    int gets() {
        return gets.get();
    }

    int lists() {
        return lists.get();
    }

    @Override
    public String describe() {
        return "failing memory";
    }

    @Override
    public StoreCapabilities capabilities() {
        return inner.capabilities();
    }

    @Override
    public PutResult put(ObjectName name, ObjectBody body, PutOptions options) {
        if (puts.incrementAndGet() > putsThatWork) {
            throw new StoreException(ErrorCode.STORE_FULL, "full", "Make room");
        }
        return inner.put(name, body, options);
    }

    @Override
    public InputStream get(ObjectName name, ByteRange range) {
        gets.incrementAndGet();
        return inner.get(name, range);
    }

    @Override
    public Optional<ObjectStat> stat(ObjectName name) {
        return inner.stat(name);
    }

    @Override
    public ObjectListing list(String prefix) {
        lists.incrementAndGet();
        return inner.list(prefix);
    }

    @Override
    public DeleteResult delete(ObjectName name) {
        return inner.delete(name);
    }

    @Override
    public void protect(ObjectName name, Protection protection) {
        inner.protect(name, protection);
    }

    @Override
    public void close() {
        inner.close();
    }
}
