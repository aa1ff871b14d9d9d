// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.azure;

import com.azure.core.util.Context;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobImmutabilityPolicy;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.DeleteSnapshotsOptionType;
import com.azure.storage.blob.specialized.BlobClientBase;
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
import io.holdfast.store.PutMode;
import io.holdfast.store.PutOptions;
import io.holdfast.store.PutResult;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Objects in a container with version-level immutability: the oldest version of the blob (repository.md 7).
 *
 * <p>Whoever may write can write over a protected blob, and no policy prevents it: the protected bytes become a previous version. A reader that
 * believed what stands under the name would lose the object. So a write takes effect when no older version is left: what it replaces is deleted
 * behind it, and what it must not replace stays, and the new version goes.
 */
final class VersionedBlobs implements StoredBlobs {
    private static final int NOT_FOUND = 404;
    private static final int PRECONDITION_FAILED = 412;
    /** A writer that never pauses may replace an object as often while a reader looks for it, which takes two requests each time. */
    private static final int MOST_LOOKS = 100;

    private final BlobContainerClient client;
    private final AzureSettings settings;
    private final AzureFailures failures;
    private final AzurePuts puts;
    private final AzureReads reads;
    private final BlobLists lists;
    // Written by any thread that has seen it; never taken back.
    private volatile boolean ignoresProtection;

    VersionedBlobs(
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
    public boolean ignoresProtection() {
        return ignoresProtection;
    }

    @Override
    public PutResult put(ObjectName name, ObjectBody body, PutOptions options) {
        Optional<String> written = puts.put(name, body, options);
        try {
            return written.isPresent() ? settle(name, options, written.get()) : refused(name, options.mode());
        } catch (StoreException e) {
            if (written.isEmpty() || e.code() == ErrorCode.STORE_RETAINED || e.code() == ErrorCode.STORE_UNSUPPORTED) {
                throw e;
            }
            // Whatever a refusal says otherwise: the new version is there, and what it was written over is not known.
            throw new StoreException(
                    ErrorCode.STORE_OUTCOME_UNKNOWN,
                    "object '" + name + "' was written, and then: " + e.getMessage(),
                    "Read the object back, or put the very same bytes again",
                    e);
        }
    }

    /** Looks at what was written over, and makes the new version the object or takes it away. */
    private PutResult settle(ObjectName name, PutOptions options, String id) {
        if (id.isEmpty()) {
            throw failures.unsupported("takes objects without giving them versions", "Enable versions on the account");
        }
        BlobVersions history = lists.of(name);
        Optional<BlobVersions.Version> written = history.withId(id);
        if (written.isEmpty()) {
            // Whoever replaced it meanwhile has deleted it.
            return PutResult.WRITTEN;
        }
        requireKept(name, options.protection(), written.get());
        BlobVersions older = history.olderThan(written.get());
        if (!mayReplace(options.mode(), older)) {
            remove(name, written.get());
            return PutResult.REFUSED;
        }
        return replace(name, options, written.get(), older);
    }

    private static boolean mayReplace(PutMode mode, BlobVersions older) {
        Optional<BlobVersions.Version> object = older.oldest();
        if (object.isEmpty() || mode instanceof PutMode.Overwrite) {
            return true;
        }
        return mode instanceof PutMode.ReplaceVersion replace
                && object.get().etag().equals(replace.version());
    }

    /** Some services take a protection without a word and keep none: better no object than one that is believed to be safe. */
    private void requireKept(ObjectName name, Protection asked, BlobVersions.Version written) {
        if (keeps(asked, written)) {
            return;
        }
        StoreException ignored = notKept(name);
        remove(name, written);
        throw ignored;
    }

    private StoreException notKept(ObjectName name) {
        ignoresProtection = true;
        return failures.unsupported(
                "took a protection for object '" + name + "' and does not keep it",
                "Enable version-level immutability, or do without protection");
    }

    private boolean keeps(Protection asked, BlobVersions.Version found) {
        boolean dated = asked.retainUntil().isEmpty()
                || found.protection()
                        .retainUntil()
                        .filter(date -> !date.isBefore(asked.retainUntil().get()))
                        .isPresent();
        boolean strict = asked.retainUntil().isEmpty() || found.locked() || !settings.locks();
        return dated && strict && (!asked.hold() || found.protection().hold());
    }

    /**
     * A replace that the service refused, since another version stands under the name than the oldest, which the caller took for the object: the
     * writer of that one may have died before it deleted what it replaced. That is finished here, or the object could never be replaced again.
     */
    private PutResult refused(ObjectName name, PutMode mode) {
        if (mode instanceof PutMode.ReplaceVersion replace) {
            BlobVersions history = lists.of(name);
            Optional<BlobVersions.Version> object = history.oldest();
            Optional<BlobVersions.Version> standing = history.versions().stream()
                    .filter(BlobVersions.Version::current)
                    .findFirst();
            boolean unfinished = object.isPresent()
                    && standing.isPresent()
                    && object.get().etag().equals(replace.version())
                    && object.get().protection().isNone();
            if (unfinished) {
                removeAll(name, history.olderThan(standing.get()));
            }
        }
        return PutResult.REFUSED;
    }

    /** Deletes what was there before, the newest first, so that the object stands as it was until the last of it goes. */
    private PutResult replace(ObjectName name, PutOptions options, BlobVersions.Version written, BlobVersions older) {
        for (BlobVersions.Version each : older.versions()) {
            if (remove(name, each)) {
                continue;
            }
            // The very same bytes, put again since nobody knew whether they had arrived.
            boolean same = each.hasBytesOf(written);
            if (same) {
                extend(name, each, options.protection());
            }
            remove(name, written);
            if (!same) {
                throw retained(name);
            }
        }
        return PutResult.WRITTEN;
    }

    private StoreException retained(ObjectName name) {
        return new StoreException(
                ErrorCode.STORE_RETAINED,
                "object '" + name + "' in " + settings.place() + " is protected",
                "Write under another name, or wait until the protection has ended");
    }

    /** Deletes versions, the newest first; false at the first that is protected. */
    private boolean removeAll(ObjectName name, BlobVersions versions) {
        return versions.versions().stream().allMatch(each -> remove(name, each));
    }

    /**
     * Deletes one version; false if it is protected. What stands under the name cannot be deleted as a version: it is taken from there first, and
     * only if nobody has put another one there.
     */
    private boolean remove(ObjectName name, BlobVersions.Version version) {
        String blob = settings.blob(name);
        BlobRequestConditions same = new BlobRequestConditions().setIfMatch(AzurePuts.quoted(version.etag()));
        boolean taken = !version.current()
                || removed(name, AzureReads.blob(client, blob, ""), DeleteSnapshotsOptionType.INCLUDE, same);
        if (!taken || version.id().isEmpty()) {
            return taken;
        }
        return removed(name, AzureReads.blob(client, blob, version.id()), null, null);
    }

    private boolean removed(
            ObjectName name,
            BlobClientBase which,
            @Nullable DeleteSnapshotsOptionType snapshots,
            @Nullable BlobRequestConditions condition) {
        try {
            which.deleteWithResponse(snapshots, condition, null, Context.NONE);
            return true;
        } catch (BlobStorageException e) {
            boolean moved = condition != null
                    && e.getStatusCode() == PRECONDITION_FAILED
                    && !AzureFailures.codeOf(e).startsWith("Lease");
            if (moved
                    || e.getStatusCode() == NOT_FOUND && AzureFailures.codeOf(e).equals("BlobNotFound")) {
                return true;
            }
            if (AzureFailures.isImmutable(e)) {
                return false;
            }
            throw failures.describe("deleting", name.value(), e, AzureFailures.Effect.CHANGE);
        } catch (RuntimeException e) {
            throw failures.describe("deleting", name.value(), e, AzureFailures.Effect.CHANGE);
        }
    }

    /** Reads the oldest version, again if it has been replaced between the question and the read. */
    @Override
    public InputStream get(ObjectName name, ByteRange range) {
        for (int tries = 1; tries <= MOST_LOOKS; tries++) {
            BlobVersions.Version oldest = lists.of(name).oldest().orElseThrow(() -> missing(name));
            try {
                ByteRange from = AzureReads.fromStart(name, range, oldest.length());
                return reads.get(name, oldest.id(), "", from);
            } catch (ObjectMissingException replaced) {
                // The next look tells by what.
            }
        }
        throw new StoreException(
                ErrorCode.STORE_UNAVAILABLE,
                "object '" + name + "' in " + settings.place() + " was replaced " + MOST_LOOKS
                        + " times while it was read",
                "Run the command again");
    }

    private static ObjectMissingException missing(ObjectName name) {
        return new ObjectMissingException(name.value(), null);
    }

    @Override
    public Optional<ObjectStat> stat(ObjectName name) {
        return lists.of(name).oldest().map(oldest -> oldest.stat(name, settings));
    }

    @Override
    public ObjectListing list(String prefix) {
        return new PagedListing(lists.oldest(prefix));
    }

    @Override
    public DeleteResult delete(ObjectName name) {
        BlobVersions history = lists.of(name);
        if (history.versions().isEmpty()) {
            return DeleteResult.ABSENT;
        }
        return removeAll(name, history) ? DeleteResult.DELETED : DeleteResult.RETAINED;
    }

    @Override
    public List<Overlay> overlays(String prefix) {
        return lists.overlays(prefix);
    }

    @Override
    public DeleteResult remove(Overlay overlay) {
        BlobVersions history = lists.of(overlay.object());
        Optional<String> object = history.oldest().map(BlobVersions.Version::id);
        return history.withId(overlay.version())
                .filter(each -> !object.equals(Optional.of(each.id())))
                .map(each -> remove(overlay.object(), each) ? DeleteResult.DELETED : DeleteResult.RETAINED)
                .orElse(DeleteResult.ABSENT);
    }

    @Override
    public void protect(ObjectName name, Protection protection) {
        extend(name, lists.of(name).oldest().orElseThrow(() -> missing(name)), protection);
    }

    private void extend(ObjectName name, BlobVersions.Version version, Protection more) {
        Protection now = version.protection();
        Protection then = now.extendedBy(more);
        boolean strengthen = then.retainUntil().isPresent() && settings.locks() && !version.locked();
        BlobClientBase blob = AzureReads.blob(client, settings.blob(name), version.id());
        try {
            if (!then.retainUntil().equals(now.retainUntil()) || strengthen) {
                BlobImmutabilityPolicy policy =
                        AzurePuts.policy(then.retainUntil().orElseThrow(), settings.locks() || version.locked());
                blob.setImmutabilityPolicyWithResponse(policy, null, null, Context.NONE);
            }
            if (then.hold() && !now.hold()) {
                blob.setLegalHoldWithResponse(true, null, Context.NONE);
            }
        } catch (RuntimeException e) {
            throw failures.describe("protecting", name.value(), e, AzureFailures.Effect.CHANGE);
        }
        BlobVersions.Version found = lists.of(name).withId(version.id()).orElseThrow(() -> missing(name));
        if (!keeps(more, found)) {
            throw notKept(name);
        }
    }
}
