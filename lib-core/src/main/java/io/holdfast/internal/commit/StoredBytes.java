// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.ObjectMissingException;
import io.holdfast.error.RepositoryException;
import io.holdfast.error.StoreException;
import io.holdfast.store.ByteRange;
import io.holdfast.store.ObjectListing;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Whole small objects as arrays, and names as lists. Stateless. */
final class StoredBytes {
    private StoredBytes() {}

    /**
     * Reads a whole object.
     *
     * @param store where
     * @param name which
     * @param limit the most bytes that it may have
     * @return its bytes
     * @throws ObjectMissingException if there is none
     * @throws RepositoryException with {@code FORMAT_LIMIT} if it is longer
     */
    static byte[] read(ObjectStore store, ObjectName name, int limit) {
        byte[] bytes = readUpTo(store, name, limit + 1);
        if (bytes.length > limit) {
            throw new RepositoryException(
                    ErrorCode.FORMAT_LIMIT,
                    "object '" + name + "' has more than " + limit + " bytes",
                    "Run verify to learn what else is damaged");
        }
        return bytes;
    }

    /** Whether an object has exactly these bytes, or nothing if there is none. */
    static Optional<Boolean> equal(ObjectStore store, ObjectName name, byte[] bytes) {
        try {
            return Optional.of(Arrays.equals(bytes, readUpTo(store, name, bytes.length + 1)));
        } catch (ObjectMissingException absent) {
            return Optional.empty();
        }
    }

    private static byte[] readUpTo(ObjectStore store, ObjectName name, int most) {
        try (InputStream in = store.get(name, ByteRange.of(0, most))) {
            return in.readNBytes(most);
        } catch (IOException e) {
            throw new StoreException(
                    ErrorCode.STORE_UNAVAILABLE,
                    "reading object '" + name + "' failed: " + e.getMessage(),
                    "Check the store and try again",
                    e);
        }
    }

    /** Reads a whole object, or nothing if there is none. */
    static Optional<byte[]> find(ObjectStore store, ObjectName name, int limit) {
        try {
            return Optional.of(read(store, name, limit));
        } catch (ObjectMissingException absent) {
            return Optional.empty();
        }
    }

    /** The rest of all names that begin with a prefix, in ascending order. */
    static List<String> below(ObjectStore store, String prefix) {
        List<String> names = new ArrayList<>();
        try (ObjectListing listing = store.list(prefix)) {
            while (listing.hasNext()) {
                names.add(listing.next().name().value().substring(prefix.length()));
            }
        }
        names.sort(null);
        return names;
    }
}
