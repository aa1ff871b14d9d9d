// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Lets something happen before certain calls of a store. */
final class StoreHooks {
    private StoreHooks() {}

    /** What happens before a call; throwing fails the call. */
    @FunctionalInterface
    interface Hook {
        void before(String verb, String object) throws Exception;
    }

    /** Runs the hook before every call that concerns one object. */
    static UnaryOperator<ObjectStore> each(Hook hook) {
        return store -> (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, args) -> {
                    if (args != null && args[0] instanceof ObjectName name) {
                        hook.before(method.getName(), name.value());
                    }
                    try {
                        return method.invoke(store, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Runs an action once, before the nth put of an object whose name begins so. */
    static UnaryOperator<ObjectStore> atPut(String prefix, int nth, Action action) {
        AtomicInteger puts = new AtomicInteger();
        return each((verb, object) -> {
            if (verb.equals("put") && object.startsWith(prefix) && puts.incrementAndGet() == nth) {
                action.run();
            }
        });
    }

    /** What may fail. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }
}
