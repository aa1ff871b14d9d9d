// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

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
import java.util.function.Supplier;

/** A store that lets a test act, fail or die before and after each call. */
final class HookedStore implements ObjectStore {
    private final ObjectStore store;
    private final Hook hook;

    HookedStore(ObjectStore store, Hook hook) {
        this.store = store;
        this.hook = hook;
    }

    /** What happens around a call. */
    interface Hook {
        void before(Call call);

        default void after(Call call) {}
    }

    /** One call. */
    record Call(String operation, String name) {
        boolean isPutOf(String prefix) {
            return operation.equals("put") && name.startsWith(prefix);
        }
    }

    private <T> T around(String operation, String name, Supplier<T> action) {
        Call call = new Call(operation, name);
        hook.before(call);
        T result = action.get();
        hook.after(call);
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
        return around("put", name.value(), () -> store.put(name, body, options));
    }

    @Override
    public InputStream get(ObjectName name, ByteRange range) {
        return around("get", name.value(), () -> store.get(name, range));
    }

    @Override
    public Optional<ObjectStat> stat(ObjectName name) {
        return around("stat", name.value(), () -> store.stat(name));
    }

    @Override
    public ObjectListing list(String prefix) {
        return around("list", prefix, () -> store.list(prefix));
    }

    @Override
    public DeleteResult delete(ObjectName name) {
        return around("delete", name.value(), () -> store.delete(name));
    }

    @Override
    public void protect(ObjectName name, Protection protection) {
        around("protect", name.value(), () -> {
            store.protect(name, protection);
            return true;
        });
    }

    @Override
    public void close() {
        store.close();
    }
}
