// SPDX-License-Identifier: Apache-2.0
package io.holdfast.store;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import io.holdfast.error.RetryClass;
import io.holdfast.error.StoreException;
import io.holdfast.retry.Retrier;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The one level at which calls to a store are repeated.
 *
 * <p>Safe for use by several threads if the store below is. A put is repeated with the very same bytes only. When an attempt failed and a
 * later one finds the name taken, the bytes that stand there decide: the same ones are our own, and the put has succeeded. A put whose
 * outcome stays unknown ends with {@code STORE_OUTCOME_UNKNOWN}. A stream that breaks goes on where it broke.
 */
public final class RetryingObjectStore implements ObjectStore {
    private final ObjectStore store;
    private final Retrier retrier;

    /**
     * Repeats the calls to a store.
     *
     * @param store the store, which must not repeat anything itself; closed with this one
     * @param retrier what decides and waits
     */
    public RetryingObjectStore(ObjectStore store, Retrier retrier) {
        this.store = Objects.requireNonNull(store, "store");
        this.retrier = Objects.requireNonNull(retrier, "retrier");
    }

    @Override
    public String describe() {
        return store.describe();
    }

    @Override
    public StoreCapabilities capabilities() {
        return retrier.call(store::capabilities);
    }

    @Override
    public PutResult put(ObjectName name, ObjectBody body, PutOptions options) {
        Retrier.Operation operation = retrier.begin();
        boolean unclear = false;
        while (true) {
            try {
                PutResult result = store.put(name, body, options);
                if (result == PutResult.REFUSED && operation.failures() > 0 && standsThere(name, body)) {
                    protectAgain(name, options.protection());
                    return PutResult.WRITTEN;
                }
                return result;
            } catch (HoldfastException e) {
                unclear |= e.retryClass() == RetryClass.UNKNOWN_OUTCOME;
                waitOrGiveUp(operation, e, unclear, name);
            }
        }
    }

    private static void waitOrGiveUp(
            Retrier.Operation operation, HoldfastException e, boolean unclear, ObjectName name) {
        try {
            operation.failed(e);
        } catch (HoldfastException last) {
            // Seeing the object now would not help: it could be there and not last, or not be there yet.
            if (unclear && last.retryClass() != RetryClass.UNKNOWN_OUTCOME) {
                throw new StoreException(
                        ErrorCode.STORE_OUTCOME_UNKNOWN,
                        "it is not known whether object '" + name + "' was written; the last of " + operation.failures()
                                + " attempts failed with: " + last.getMessage(),
                        "Read the object back, or put the very same bytes again",
                        last);
            }
            throw last;
        }
    }

    /** Whether the bytes that bear the name are those of the body. */
    private boolean standsThere(ObjectName name, ObjectBody body) {
        Optional<ObjectStat> there = store.stat(name);
        if (there.isEmpty() || there.get().length() != body.length()) {
            return false;
        }
        try (InputStream theirs = store.get(name, ByteRange.all());
                InputStream ours = body.open()) {
            return sameBytes(theirs, ours);
        } catch (IOException e) {
            throw new UncheckedIOException("comparing object '" + name + "' with what was to be written", e);
        }
    }

    private static boolean sameBytes(InputStream left, InputStream right) throws IOException {
        byte[] a = new byte[64 * 1024];
        byte[] b = new byte[a.length];
        while (true) {
            int n = left.readNBytes(a, 0, a.length);
            int m = right.readNBytes(b, 0, b.length);
            if (!Arrays.equals(a, 0, n, b, 0, m)) {
                return false;
            }
            if (n == 0) {
                return true;
            }
        }
    }

    /** The attempt that wrote the object may have failed before it protected it. */
    private void protectAgain(ObjectName name, Protection protection) {
        if (!protection.isNone()) {
            store.protect(name, protection);
        }
    }

    @Override
    public InputStream get(ObjectName name, ByteRange range) {
        return new ResumingStream(store, retrier, name, range);
    }

    @Override
    public Optional<ObjectStat> stat(ObjectName name) {
        return retrier.call(() -> store.stat(name));
    }

    @Override
    public ObjectListing list(String prefix) {
        return new RetryingListing(retrier, retrier.call(() -> store.list(prefix)));
    }

    @Override
    public DeleteResult delete(ObjectName name) {
        Retrier.Operation operation = retrier.begin();
        while (true) {
            try {
                DeleteResult result = store.delete(name);
                boolean ours = result == DeleteResult.ABSENT && operation.failures() > 0;
                return ours ? DeleteResult.DELETED : result;
            } catch (HoldfastException e) {
                operation.failed(e);
            }
        }
    }

    /** Asks again for those that failed and may succeed later, all together. */
    @Override
    public List<Deletion> deleteAll(List<ObjectName> names) {
        Retrier.Operation operation = retrier.begin();
        Map<ObjectName, Deletion> done = new LinkedHashMap<>();
        List<ObjectName> left = names;
        while (true) {
            List<Deletion> now = store.deleteAll(left).stream()
                    .map(each -> settled(each, operation))
                    .toList();
            now.forEach(each -> done.put(each.name(), each));
            List<Deletion> again =
                    now.stream().filter(RetryingObjectStore::mayPass).toList();
            if (again.isEmpty() || !waits(operation, again.get(0))) {
                return List.copyOf(done.values());
            }
            left = again.stream().map(Deletion::name).toList();
        }
    }

    private static Deletion settled(Deletion now, Retrier.Operation operation) {
        boolean ours = now.result().filter(DeleteResult.ABSENT::equals).isPresent() && operation.failures() > 0;
        return ours ? Deletion.of(now.name(), DeleteResult.DELETED) : now;
    }

    private static boolean mayPass(Deletion deletion) {
        return deletion.error()
                .filter(error -> error.retryClass() != RetryClass.PERMANENT)
                .isPresent();
    }

    /** False if it is not to be tried again. */
    private static boolean waits(Retrier.Operation operation, Deletion failed) {
        try {
            operation.failed(failed.error().orElseThrow());
            return true;
        } catch (HoldfastException last) {
            return false;
        }
    }

    @Override
    public void protect(ObjectName name, Protection protection) {
        retrier.call(() -> {
            store.protect(name, protection);
            return true;
        });
    }

    @Override
    public List<Overlay> overlays(String prefix) {
        return retrier.call(() -> store.overlays(prefix));
    }

    @Override
    public DeleteResult remove(Overlay overlay) {
        return retrier.call(() -> store.remove(overlay));
    }

    @Override
    public Optional<ObjectStore> inParts() {
        return store.inParts().map(view -> new RetryingObjectStore(view, retrier));
    }

    @Override
    public void close() {
        store.close();
    }
}
