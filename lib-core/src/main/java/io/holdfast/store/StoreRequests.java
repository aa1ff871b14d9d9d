// SPDX-License-Identifier: Apache-2.0
package io.holdfast.store;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The checks that every store makes before it acts on a request, so that all stores refuse the same things with the same error; for
 * implementers. Stateless.
 */
public final class StoreRequests {
    private StoreRequests() {}

    /**
     * Refuses a put that needs a capability which the store lacks.
     *
     * @param store the store
     * @param name what is to be put
     * @param options how
     * @throws StoreException with {@code STORE_UNSUPPORTED}
     */
    public static void requireAble(ObjectStore store, ObjectName name, PutOptions options) {
        PutMode mode = options.mode();
        if (mode instanceof PutMode.CreateOnly && !store.capabilities().conditionalCreate()) {
            throw unsupported(store, name, "put only if absent", "Put under a unique name with overwrite instead");
        }
        if (mode instanceof PutMode.ReplaceVersion && !store.capabilities().conditionalReplace()) {
            throw unsupported(store, name, "put over a given version", "Put with overwrite instead");
        }
        if (!options.protection().isNone()) {
            requireAble(store, name, options.protection());
        }
    }

    /**
     * Refuses a protection that the store is not capable of.
     *
     * @param store the store
     * @param name what is to be protected
     * @param protection how
     * @throws StoreException with {@code STORE_UNSUPPORTED}
     */
    public static void requireAble(ObjectStore store, ObjectName name, Protection protection) {
        StoreCapabilities able = store.capabilities();
        if (protection.hold() && !able.legalHold()) {
            throw unsupported(store, name, "hold an object", "Use a store with legal holds");
        }
        boolean asksForDate = protection.retainUntil().isPresent() || !protection.hold();
        if (asksForDate && !able.retention()) {
            throw unsupported(store, name, "protect an object until a date", "Use a store with retention");
        }
    }

    private static StoreException unsupported(ObjectStore store, ObjectName name, String what, String remedy) {
        return new StoreException(
                ErrorCode.STORE_UNSUPPORTED,
                "store " + store.describe() + " cannot " + what + ", asked for object '" + name + "'",
                remedy);
    }

    /**
     * Reads a whole body into memory and holds it to its length.
     *
     * @param name the object that it is for, for messages
     * @param body the body
     * @return exactly as many bytes as it announces
     * @throws IllegalArgumentException if it gives more or fewer
     * @throws StoreException with {@code STORE_FULL} if it does not fit into one array
     */
    public static byte[] readWhole(ObjectName name, ObjectBody body) {
        if (body.length() > Integer.MAX_VALUE - 8) {
            throw new StoreException(
                    ErrorCode.STORE_FULL,
                    "object '" + name + "' of " + body.length() + " bytes does not fit into memory",
                    "Use a store on disk for objects of this size");
        }
        int announced = (int) body.length();
        try (InputStream in = body.open()) {
            byte[] bytes = in.readNBytes(announced);
            requireLength(name, announced, bytes.length == announced && in.read() >= 0 ? announced + 1L : bytes.length);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("reading the body of object '" + name + "'", e);
        }
    }

    /**
     * Holds a body to its announced length.
     *
     * @param name the object that it is for
     * @param announced the length that it announced
     * @param given how many bytes it gave; any number over the announced one if it gave more
     * @throws IllegalArgumentException if the two differ
     */
    public static void requireLength(ObjectName name, long announced, long given) {
        if (announced != given) {
            throw new IllegalArgumentException("the body of object '" + name + "' announced " + announced
                    + " bytes and gave " + (given > announced ? "more" : Long.toString(given)));
        }
    }
}
