// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.azure;

import com.azure.core.util.Context;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.DeleteSnapshotsOptionType;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.ObjectMissingException;
import io.holdfast.error.StoreException;
import io.holdfast.store.ByteRange;
import io.holdfast.store.DeleteResult;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectListing;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStat;
import io.holdfast.store.Overlay;
import io.holdfast.store.PagedListing;
import io.holdfast.store.Protection;
import io.holdfast.store.PutOptions;
import io.holdfast.store.PutResult;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Objects in a container without immutable versions: what stands under the name. */
final class PlainBlobs implements StoredBlobs {
    private static final int PRECONDITION_FAILED = 412;
    /** A writer that never pauses may replace an object as often while a reader looks for it, which takes two requests each time. */
    private static final int MOST_LOOKS = 100;

    private final BlobContainerClient client;
    private final AzureSettings settings;
    private final AzureFailures failures;
    private final AzurePuts puts;
    private final AzureReads reads;
    private final BlobLists lists;

    PlainBlobs(
            BlobContainerClient client,
            AzureSettings settings,
            AzureFailures failures,
            AzurePuts puts,
            AzureReads reads) {
        this.client = client;
        this.settings = settings;
        this.failures = failures;
        this.puts = puts;
        this.reads = reads;
        this.lists = new BlobLists(client, settings, failures);
    }

    @Override
    public PutResult put(ObjectName name, ObjectBody body, PutOptions options) {
        return puts.put(name, body, options).isPresent() ? PutResult.WRITTEN : PutResult.REFUSED;
    }

    @Override
    public InputStream get(ObjectName name, ByteRange range) {
        return range.fromEnd() ? end(name, range) : reads.get(name, "", "", range);
    }

    /** The last bytes of the object whose length was asked for, again if another has taken its place meanwhile. */
    private InputStream end(ObjectName name, ByteRange range) {
        for (int tries = 1; tries <= MOST_LOOKS; tries++) {
            Head head = head(name);
            try {
                return reads.get(name, "", head.etag(), AzureReads.fromStart(name, range, head.length()));
            } catch (StoreException e) {
                boolean replaced = e.getCause() instanceof BlobStorageException answer
                        && answer.getStatusCode() == PRECONDITION_FAILED;
                if (!replaced) {
                    throw e;
                }
            }
        }
        throw new StoreException(
                ErrorCode.STORE_UNAVAILABLE,
                "object '" + name + "' in " + settings.place() + " was replaced " + MOST_LOOKS
                        + " times while its end was read",
                "Run the command again");
    }

    private record Head(long length, String etag) {}

    private Head head(ObjectName name) {
        return reads.head(name)
                .map(found -> new Head(found.getBlobSize(), BlobLists.unquoted(found.getETag())))
                .orElseThrow(() -> new ObjectMissingException(name.value(), null));
    }

    @Override
    public Optional<ObjectStat> stat(ObjectName name) {
        return reads.head(name)
                .map(found -> new ObjectStat(
                        name,
                        found.getBlobSize(),
                        found.getLastModified().toInstant(),
                        settings.version(BlobLists.unquoted(found.getETag())),
                        BlobLists.protection(found.getImmutabilityPolicy(), found.hasLegalHold())));
    }

    @Override
    public ObjectListing list(String prefix) {
        return new PagedListing(lists.standing(prefix));
    }

    @Override
    public DeleteResult delete(ObjectName name) {
        try {
            client.getBlobClient(settings.blob(name))
                    .deleteWithResponse(DeleteSnapshotsOptionType.INCLUDE, null, null, Context.NONE);
            return DeleteResult.DELETED;
        } catch (RuntimeException e) {
            RuntimeException described = failures.describe("deleting", name.value(), e, AzureFailures.Effect.CHANGE);
            if (described instanceof ObjectMissingException) {
                return DeleteResult.ABSENT;
            }
            if (described instanceof StoreException refused && refused.code() == ErrorCode.STORE_RETAINED) {
                return DeleteResult.RETAINED;
            }
            throw described;
        }
    }

    @Override
    public void protect(ObjectName name, Protection protection) {
        throw new IllegalStateException("a plain container protects nothing, and says so in its capabilities");
    }

    @Override
    public List<Overlay> overlays(String prefix) {
        return List.of();
    }

    @Override
    public DeleteResult remove(Overlay overlay) {
        return DeleteResult.ABSENT;
    }

    @Override
    public boolean ignoresProtection() {
        return false;
    }
}
