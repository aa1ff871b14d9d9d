// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import io.holdfast.store.ByteRange;
import io.holdfast.store.DeleteResult;
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

/** A store under which the process dies at its k-th call: that call takes effect or not, and no later one is ever made. */
final class DyingStore implements ObjectStore {
    private final ObjectStore store;
    private final boolean takesEffect;
    private int callsLeft;
    private boolean dead;

    DyingStore(ObjectStore store, int callsLeft, boolean takesEffect) {
        this.store = store;
        this.callsLeft = callsLeft;
        this.takesEffect = takesEffect;
    }

    /** The process is gone. An error, so that nothing in the engine takes it for a failure of the store. */
    static final class Death extends Error {
        private static final long serialVersionUID = 1L;

        Death() {
            super("the process died", null, false, false);
        }
    }

    boolean isDead() {
        return dead;
    }

    private void beforeCall() {
        if (dead) {
            throw new Death();
        }
        if (--callsLeft < 0 && !takesEffect) {
            dead = true;
            throw new Death();
        }
    }

    private <T> T afterCall(T result) {
        if (callsLeft < 0) {
            dead = true;
            throw new Death();
        }
        return result;
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
        beforeCall();
        return afterCall(store.put(name, body, options));
    }

    @Override
    public InputStream get(ObjectName name, ByteRange range) {
        beforeCall();
        return afterCall(store.get(name, range));
    }

    @Override
    public Optional<ObjectStat> stat(ObjectName name) {
        beforeCall();
        return afterCall(store.stat(name));
    }

    @Override
    public ObjectListing list(String prefix) {
        beforeCall();
        return afterCall(store.list(prefix));
    }

    @Override
    public DeleteResult delete(ObjectName name) {
        beforeCall();
        return afterCall(store.delete(name));
    }

    @Override
    public void protect(ObjectName name, Protection protection) {
        beforeCall();
        store.protect(name, protection);
        afterCall(name);
    }

    @Override
    public void close() {
        // the store under it is the test's
    }
}
