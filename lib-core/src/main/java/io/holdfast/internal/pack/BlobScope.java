// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.crypto.Slice;
import io.holdfast.internal.seal.BlockSealer;
import io.holdfast.internal.seal.DataKeyRing;
import io.holdfast.internal.seal.FramePlace;
import io.holdfast.internal.seal.FrameSealer;
import io.holdfast.internal.seal.KeyedHash;
import io.holdfast.internal.seal.RepositoryKeys;
import io.holdfast.store.ObjectStore;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One dedup scope of a repository: where its packs lie, and what names and opens its blobs.
 *
 * <p>Safe for use by several threads. Closing it clears the keys that it derived; store, keys and ring stay the caller's.
 */
public final class BlobScope implements AutoCloseable {
    private final ObjectStore store;
    private final RepositoryKeys keys;
    private final DataKeyRing ring;
    private final String name;
    private final KeyedHash ids;
    private final ConcurrentHashMap<FramePlace, FrameSealer> sealers = new ConcurrentHashMap<>();

    /**
     * A scope.
     *
     * @param store where the packs lie
     * @param keys the keys of the repository
     * @param ring its data keys
     * @param name the scope's name on the store, as {@link RepositoryKeys#scopeName} gives it
     */
    public BlobScope(ObjectStore store, RepositoryKeys keys, DataKeyRing ring, String name) {
        this.store = Objects.requireNonNull(store, "store");
        this.keys = Objects.requireNonNull(keys, "keys");
        this.ring = Objects.requireNonNull(ring, "ring");
        this.name = Objects.requireNonNull(name, "name");
        this.ids = keys.blobIds(name);
    }

    /**
     * The id of a chunk.
     *
     * @param chunk the plain chunk
     * @return 20 bytes
     */
    public byte[] blobId(Slice chunk) {
        return Arrays.copyOf(ids.of(chunk), PackFormat.ID_BYTES);
    }

    /**
     * The scope's name on the store.
     *
     * @return 32 hexadecimal digits
     */
    public String name() {
        return name;
    }

    ObjectStore store() {
        return store;
    }

    RepositoryKeys keys() {
        return keys;
    }

    int newestEpoch() {
        return ring.newest();
    }

    FrameSealer frames(FrameKind kind, int epoch) {
        FramePlace place = new FramePlace(kind.name().toLowerCase(Locale.ROOT), name, epoch);
        return sealers.computeIfAbsent(place, wanted -> keys.frames(ring, wanted));
    }

    BlockSealer directorySealer(byte[] salt) {
        return keys.forObject(PackFormat.DIRECTORY_LABEL, salt);
    }

    @Override
    public void close() {
        ids.close();
        sealers.values().forEach(FrameSealer::close);
        sealers.clear();
    }
}
