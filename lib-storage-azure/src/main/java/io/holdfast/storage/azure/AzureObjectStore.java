// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.azure;

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
import io.holdfast.store.StoreRequests;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * A store in a container of Azure Blob Storage.
 *
 * <pre>{@code
 * ObjectStore store = AzureObjectStore.builder("backups")
 *         .endpoint(URI.create("https://contoso.blob.core.windows.net"))
 *         .credentials(() -> new AzureCredentials.AccountKey("contoso", key))
 *         .prefix("exchange/")
 *         .immutability(ImmutabilityMode.LOCKED)
 *         .open();
 * }</pre>
 *
 * <p>Safe for use by several threads and, with other instances on the same container, by several processes and machines. An object is put in one
 * request, or above a length in blocks that become visible together; blocks of a put that failed are removed by the service after a week. In a
 * container with version-level immutability every read asks for the versions first, and a put looks afterwards at what it was written over and at
 * how it is protected: two requests for one. A protection that the service takes and does not keep fails the put, and is not claimed any longer.
 * Nothing is repeated here.
 */
public final class AzureObjectStore implements ObjectStore {
    private final AzureSettings settings;
    private final Function<AzureSettings, StoredBlobs> container;
    private final StoredBlobs blobs;
    private final AtomicBoolean closed = new AtomicBoolean();

    AzureObjectStore(AzureSettings settings, Function<AzureSettings, StoredBlobs> container) {
        this.settings = settings;
        this.container = container;
        this.blobs = container.apply(settings);
    }

    /**
     * Starts to put a store together.
     *
     * @param container the name of the container, which must exist
     * @return a builder
     * @throws IllegalArgumentException if no container can have that name
     */
    public static AzureObjectStoreBuilder builder(String container) {
        return new AzureObjectStoreBuilder(container);
    }

    @Override
    public String describe() {
        return settings.place();
    }

    @Override
    public StoreCapabilities capabilities() {
        requireOpen();
        boolean conditions = settings.conditions();
        boolean protects = settings.immutability().isPresent() && !blobs.ignoresProtection();
        return new StoreCapabilities(conditions, conditions, protects, protects, blobs instanceof VersionedBlobs, true);
    }

    @Override
    public PutResult put(ObjectName name, ObjectBody body, PutOptions options) {
        StoreRequests.requireAble(this, name, options);
        return blobs.put(name, body, options);
    }

    @Override
    public InputStream get(ObjectName name, ByteRange range) {
        requireOpen();
        return blobs.get(name, range);
    }

    @Override
    public Optional<ObjectStat> stat(ObjectName name) {
        requireOpen();
        return blobs.stat(name);
    }

    @Override
    public ObjectListing list(String prefix) {
        requireOpen();
        return blobs.list(prefix);
    }

    @Override
    public DeleteResult delete(ObjectName name) {
        requireOpen();
        return blobs.delete(name);
    }

    @Override
    public void protect(ObjectName name, Protection protection) {
        StoreRequests.requireAble(this, name, protection);
        blobs.protect(name, protection);
    }

    @Override
    public List<Overlay> overlays(String prefix) {
        requireOpen();
        return blobs.overlays(prefix);
    }

    @Override
    public DeleteResult remove(Overlay overlay) {
        requireOpen();
        return blobs.remove(overlay);
    }

    @Override
    public Optional<ObjectStore> inParts() {
        requireOpen();
        return Optional.of(new AzureObjectStore(settings.inBlocks(), container));
    }

    /** Ends this handle; idle connections are closed by the platform once nothing refers to it. */
    @Override
    public void close() {
        closed.set(true);
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException("store " + describe() + " is closed");
        }
    }
}
