// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.RepositoryException;
import io.holdfast.error.StoreException;
import io.holdfast.internal.digest.Sha256;
import io.holdfast.internal.format.PackRef;
import io.holdfast.internal.pack.PackNames;
import io.holdfast.store.ByteRange;
import io.holdfast.store.ObjectListing;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStat;
import io.holdfast.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All objects of a store by name, from one listing, about 200 bytes of heap for each; immutable.
 *
 * @param store where they stand
 * @param lengths their lengths
 */
record Inventory(ObjectStore store, NavigableMap<String, Long> lengths) {

    /** The beginning of a range of bytes, and the hash of all of it. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, compared by nobody
    record Hashed(byte[] start, byte[] sha256) {}

    static Inventory of(ObjectStore store) {
        NavigableMap<String, Long> lengths = new TreeMap<>();
        try (ObjectListing listing = store.list("")) {
            while (listing.hasNext()) {
                ObjectStat object = listing.next();
                lengths.put(object.name().value(), object.length());
            }
        }
        return new Inventory(store, lengths);
    }

    boolean has(String name) {
        return lengths.containsKey(name);
    }

    /** The names that begin with a prefix. */
    SortedMap<String, Long> below(String prefix) {
        return lengths.subMap(prefix, prefix + Character.MAX_VALUE);
    }

    /** Whether a pack stands there with its length. */
    boolean stands(PackRef pack) {
        Long length = lengths.get(pack.objectName());
        return length != null && length == pack.length();
    }

    /** The pack that an object is, by its name. */
    Optional<PackRef> pack(String name) {
        Long length = lengths.get(name);
        return length == null ? Optional.empty() : PackNames.parse(name, length);
    }

    List<PackRef> packs() {
        List<PackRef> packs = new ArrayList<>();
        lengths.forEach((name, length) -> PackNames.parse(name, length).ifPresent(packs::add));
        return packs;
    }

    /** Reads a whole object. */
    byte[] read(String name, int limit) {
        try (InputStream in = store.get(new ObjectName(name), ByteRange.all())) {
            byte[] bytes = in.readNBytes(limit);
            if (bytes.length == limit && in.read() >= 0) {
                throw new RepositoryException(
                        ErrorCode.FORMAT_LIMIT,
                        "object '" + name + "' has more than " + limit + " bytes",
                        "Run verify to learn what else is damaged");
            }
            return bytes;
        } catch (IOException e) {
            throw brokenOff(name, e);
        }
    }

    /** Reads a range of an object through a hash. */
    Hashed hash(String name, ByteRange range, int startBytes) {
        MessageDigest digest = Sha256.start();
        try (InputStream in = new DigestInputStream(store.get(new ObjectName(name), range), digest)) {
            byte[] start = in.readNBytes(startBytes);
            byte[] buffer = new byte[64 << 10];
            while (in.read(buffer) >= 0) {
                // only the hash is wanted
            }
            return new Hashed(start, digest.digest());
        } catch (IOException e) {
            throw brokenOff(name, e);
        }
    }

    private static StoreException brokenOff(String name, IOException e) {
        return new StoreException(
                ErrorCode.STORE_UNAVAILABLE,
                "reading object '" + name + "' broke off: " + e.getMessage(),
                "Check the store and try again",
                e);
    }
}
