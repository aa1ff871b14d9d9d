// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

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
import io.holdfast.store.PutMode;
import io.holdfast.store.PutOptions;
import io.holdfast.store.PutResult;
import io.holdfast.store.StoreCapabilities;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;

/**
 * A server that does not do what it claims.
 *
 * @param store where objects stand
 * @param ignored what it accepts and then ignores: {@code conditions}, {@code retention}, {@code listings}; {@code no parts} if it has none, {@code parts} for conditions of objects in
 *     parts only; or {@code replaces}, of which it refuses every one
 */
record LyingStore(InMemoryObjectStore store, Set<String> ignored) implements ObjectStore {
    @Override
    public String describe() {
        return "lying";
    }

    @Override
    public StoreCapabilities capabilities() {
        return store.capabilities();
    }

    @Override
    public PutResult put(ObjectName name, ObjectBody body, PutOptions options) {
        if (ignored.contains("replaces") && options.mode() instanceof PutMode.ReplaceVersion) {
            return PutResult.REFUSED;
        }
        PutOptions honoured = new PutOptions(
                ignored.contains("conditions") ? PutOptions.overwrite().mode() : options.mode(),
                ignored.contains("retention") ? Protection.none() : options.protection());
        return store.put(name, body, honoured);
    }

    @Override
    public InputStream get(ObjectName name, ByteRange range) {
        return store.get(name, range);
    }

    @Override
    public Optional<ObjectStat> stat(ObjectName name) {
        return store.stat(name);
    }

    @Override
    public ObjectListing list(String prefix) {
        return store.list(ignored.contains("listings") ? prefix + "nothing" : prefix);
    }

    @Override
    public DeleteResult delete(ObjectName name) {
        return store.delete(name);
    }

    @Override
    public void protect(ObjectName name, Protection protection) {
        store.protect(name, protection);
    }

    @Override
    public Optional<ObjectStore> inParts() {
        if (ignored.contains("no parts")) {
            return Optional.of(new HookedStore(store, call -> {
                if (call.isPutOf("probe/")) {
                    throw new StoreException(ErrorCode.STORE_UNSUPPORTED, "no parts", "Do without");
                }
            }));
        }
        return ignored.contains("parts") ? Optional.of(new LyingStore(store, Set.of("conditions"))) : Optional.empty();
    }

    @Override
    public void close() {}
}
