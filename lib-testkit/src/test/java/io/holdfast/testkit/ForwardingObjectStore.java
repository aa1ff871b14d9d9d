// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.store.ByteRange;
import io.holdfast.store.DeleteResult;
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

/** Passes every call on; broken stores override the call that they break. */
abstract class ForwardingObjectStore implements ObjectStore {
    final ObjectStore inner;

    ForwardingObjectStore(ObjectStore inner) {
        this.inner = inner;
    }

    @Override
    public String describe() {
        return inner.describe();
    }

    @Override
    public StoreCapabilities capabilities() {
        return inner.capabilities();
    }

    @Override
    public PutResult put(ObjectName name, ObjectBody body, PutOptions options) {
        return inner.put(name, body, options);
    }

    @Override
    public InputStream get(ObjectName name, ByteRange range) {
        return inner.get(name, range);
    }

    @Override
    public Optional<ObjectStat> stat(ObjectName name) {
        return inner.stat(name);
    }

    @Override
    public ObjectListing list(String prefix) {
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
    public List<Overlay> overlays(String prefix) {
        return inner.overlays(prefix);
    }

    @Override
    public DeleteResult remove(Overlay overlay) {
        return inner.remove(overlay);
    }

    @Override
    public Optional<ObjectStore> inParts() {
        return inner.inParts();
    }

    @Override
    public void close() {
        inner.close();
    }
}
