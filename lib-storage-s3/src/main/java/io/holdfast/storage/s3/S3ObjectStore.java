// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import io.holdfast.store.ByteRange;
import io.holdfast.store.DeleteResult;
import io.holdfast.store.Deletion;
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
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A store in a bucket of S3 or of a compatible service.
 *
 * <pre>{@code
 * ObjectStore store = S3ObjectStore.builder("backups")
 *         .prefix("contoso/")
 *         .region("eu-central-1")
 *         .objectLock(LockMode.COMPLIANCE)
 *         .open();
 * }</pre>
 *
 * <p>Safe for use by several threads and, with other instances on the same bucket, by several processes and machines. An object is put in
 * one request, or above a length in parts that become visible together. In a bucket with versions every read asks for the versions first, and a
 * put looks afterwards at what it was laid over: two requests for one. What the service is said to honour is claimed in
 * {@link #capabilities()} and proven by the engine before it is relied on; a service that is seen to take a write against its condition is not
 * believed any longer. Nothing is repeated here.
 */
public final class S3ObjectStore implements ObjectStore {
    private final S3Client client;
    private final S3Settings settings;
    private final boolean versions;
    private final Function<S3Settings, StoredObjects> bucket;
    private final StoredObjects objects;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Over a bucket, with or without versions, that gives its objects by the settings. */
    S3ObjectStore(S3Client client, S3Settings settings, boolean versions, Function<S3Settings, StoredObjects> bucket) {
        this.client = client;
        this.settings = settings;
        this.versions = versions;
        this.bucket = bucket;
        this.objects = bucket.apply(settings);
    }

    /**
     * Starts to put a store together.
     *
     * @param bucket the name of the bucket, which must exist
     * @return a builder
     */
    public static S3ObjectStoreBuilder builder(String bucket) {
        return new S3ObjectStoreBuilder(bucket);
    }

    @Override
    public String describe() {
        return settings.place();
    }

    @Override
    public StoreCapabilities capabilities() {
        requireOpen();
        boolean conditions = settings.conditions() && !objects.ignoresConditions();
        boolean lock = settings.lock().isPresent();
        return new StoreCapabilities(conditions, conditions, lock, lock, versions, true);
    }

    @Override
    public PutResult put(ObjectName name, ObjectBody body, PutOptions options) {
        StoreRequests.requireAble(this, name, options);
        return objects.put(name, body, options);
    }

    @Override
    public InputStream get(ObjectName name, ByteRange range) {
        requireOpen();
        return objects.get(name, range);
    }

    @Override
    public Optional<ObjectStat> stat(ObjectName name) {
        requireOpen();
        return objects.stat(name);
    }

    @Override
    public ObjectListing list(String prefix) {
        requireOpen();
        return objects.list(prefix);
    }

    @Override
    public DeleteResult delete(ObjectName name) {
        requireOpen();
        return objects.delete(name);
    }

    @Override
    public List<Deletion> deleteAll(List<ObjectName> names) {
        requireOpen();
        return objects.deleteAll(names);
    }

    @Override
    public void protect(ObjectName name, Protection protection) {
        StoreRequests.requireAble(this, name, protection);
        objects.protect(name, protection);
    }

    @Override
    public List<Overlay> overlays(String prefix) {
        requireOpen();
        return objects.overlays(prefix);
    }

    @Override
    public DeleteResult remove(Overlay overlay) {
        requireOpen();
        return objects.remove(overlay);
    }

    @Override
    public Optional<ObjectStore> inParts() {
        requireOpen();
        return Optional.of(new S3ObjectStore(client, settings.inParts(), versions, bucket));
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            client.close();
        }
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException("store " + describe() + " is closed");
        }
    }
}
