// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import io.holdfast.store.ByteRange;
import io.holdfast.store.CountingObjectStore;
import io.holdfast.store.DeleteResult;
import io.holdfast.store.Deletion;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectListing;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStat;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.Overlay;
import io.holdfast.store.Protection;
import io.holdfast.store.PutOptions;
import io.holdfast.store.PutResult;
import io.holdfast.store.StoreCapabilities;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Shows how far work on a store is, and ends that work at the next call once it is asked to: for work that is no session and has no
 * listener. Safe for use by several threads.
 */
final class WatchedStore implements ObjectStore {
    private final CountingObjectStore store;
    private final StoreWatch watch;

    WatchedStore(ObjectStore store, StoreWatch watch) {
        this.store = new CountingObjectStore(store);
        this.watch = watch;
        watch.add(this.store);
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
        watch.called();
        return store.put(name, body, options);
    }

    @Override
    public InputStream get(ObjectName name, ByteRange range) {
        watch.called();
        return store.get(name, range);
    }

    @Override
    public Optional<ObjectStat> stat(ObjectName name) {
        watch.called();
        return store.stat(name);
    }

    @Override
    public ObjectListing list(String prefix) {
        watch.called();
        return store.list(prefix);
    }

    @Override
    public DeleteResult delete(ObjectName name) {
        return store.delete(name);
    }

    @Override
    public List<Deletion> deleteAll(List<ObjectName> names) {
        return store.deleteAll(names);
    }

    @Override
    public void protect(ObjectName name, Protection protection) {
        watch.called();
        store.protect(name, protection);
    }

    @Override
    public List<Overlay> overlays(String prefix) {
        watch.called();
        return store.overlays(prefix);
    }

    @Override
    public DeleteResult remove(Overlay overlay) {
        return store.remove(overlay);
    }

    @Override
    public Optional<ObjectStore> inParts() {
        return store.inParts();
    }

    @Override
    public void close() {
        store.close();
    }
}
