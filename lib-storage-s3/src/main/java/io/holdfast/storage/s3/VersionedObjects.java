// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.ObjectMissingException;
import io.holdfast.error.StoreException;
import io.holdfast.store.ByteRange;
import io.holdfast.store.DeleteResult;
import io.holdfast.store.Deletion;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;

/**
 * Objects in a bucket with versions: the oldest version under the key (repository.md 7).
 *
 * <p>Whoever may write can lay a version or a delete marker over a locked object, and no lock prevents it; a reader that believed the newest would
 * lose the object. So a write takes effect when no older version is left: what it replaces is deleted behind it, and what it must not replace stays,
 * and the new version goes.
 */
final class VersionedObjects implements StoredObjects {
    private static final int FORBIDDEN = 403;
    /** A writer that never pauses may replace an object as often while a reader looks for it, which takes two requests each time. */
    private static final int MOST_LOOKS = 100;

    private final S3Client client;
    private final S3Settings settings;
    private final S3Failures failures;
    private final S3Puts puts;
    private final S3Reads reads;
    private final VersionLists lists;
    // Written by any thread that has seen it; never taken back.
    private volatile boolean ignoresConditions;

    VersionedObjects(S3Client client, S3Settings settings, S3Failures failures) {
        this.client = client;
        this.settings = settings;
        this.failures = failures;
        this.puts = new S3Puts(client, settings, failures);
        this.reads = new S3Reads(client, settings, failures);
        this.lists = new VersionLists(client, settings, failures);
    }

    @Override
    public boolean ignoresConditions() {
        return ignoresConditions;
    }

    @Override
    public PutResult put(ObjectName name, ObjectBody body, PutOptions options) {
        Optional<S3Puts.Written> written = puts.put(name, body, options.mode(), options.protection());
        if (written.isEmpty()) {
            return refused(name, options.mode());
        }
        try {
            return settle(name, options, written.get());
        } catch (StoreException e) {
            if (e.code() == ErrorCode.STORE_RETAINED) {
                throw e;
            }
            // Whatever a refusal says otherwise: the new version is there, and what it was laid over is not known.
            throw new StoreException(
                    ErrorCode.STORE_OUTCOME_UNKNOWN,
                    "object '" + name + "' was written, and then: " + e.getMessage(),
                    "Read the object back, or put the very same bytes again",
                    e);
        }
    }

    /** Looks at what was written over, and makes the new version the object or takes it away. */
    private PutResult settle(ObjectName name, PutOptions options, S3Puts.Written written) {
        KeyVersions history = lists.of(name);
        List<KeyVersions.Version> older = history.olderThan(written.version());
        if (older.isEmpty()) {
            removeMarkers(name, history);
            return PutResult.WRITTEN;
        }
        if (!mayReplace(options.mode(), older)) {
            // A marker explains why the service let it through; without one it did not look.
            ignoresConditions |= history.markers().isEmpty();
            remove(name, written.version());
            return PutResult.REFUSED;
        }
        PutResult replaced = replace(name, options, written, older);
        removeMarkers(name, history);
        return replaced;
    }

    private static boolean mayReplace(PutMode mode, List<KeyVersions.Version> older) {
        if (mode instanceof PutMode.ReplaceVersion replace) {
            return KeyVersions.oldest(older).etag().equals(replace.version());
        }
        return mode instanceof PutMode.Overwrite;
    }

    /**
     * A replace that the service refused, since another version or a marker stands over the oldest version, which the caller took for the object: the
     * writer of it may have died before it deleted what it replaced. That is finished here, or the object could never be replaced again.
     */
    private PutResult refused(ObjectName name, PutMode mode) {
        if (mode instanceof PutMode.ReplaceVersion replace) {
            KeyVersions history = lists.of(name);
            boolean unfinished = history.oldest()
                    .filter(oldest -> oldest.etag().equals(replace.version()))
                    .filter(oldest -> history.isCovered() && !isProtected(name, oldest.id()))
                    .isPresent();
            if (unfinished
                    && removeAll(
                            name, history.olderThan(history.versions().get(0).id()))) {
                removeMarkers(name, history);
            }
        }
        return PutResult.REFUSED;
    }

    /** Deletes versions, the newest first; false at the first that is protected. */
    private boolean removeAll(ObjectName name, List<KeyVersions.Version> versions) {
        return versions.stream().allMatch(each -> remove(name, each.id()));
    }

    /** Deletes what was there before, the newest first, so that the object stands as it was until the last of it goes. */
    private PutResult replace(
            ObjectName name, PutOptions options, S3Puts.Written written, List<KeyVersions.Version> older) {
        for (KeyVersions.Version each : older) {
            if (remove(name, each.id())) {
                continue;
            }
            // The very same bytes, put again since nobody knew whether they had arrived.
            boolean same = each.etag().equals(VersionLists.unquoted(written.etag()));
            if (same) {
                extend(name, each.id(), options.protection());
            }
            remove(name, written.version());
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

    private void removeMarkers(ObjectName name, KeyVersions history) {
        history.markers().forEach(marker -> remove(name, marker.id()));
    }

    /** Deletes one version; false if it is protected. */
    private boolean remove(ObjectName name, String version) {
        try {
            client.deleteObject(request ->
                    request.bucket(settings.bucket()).key(settings.key(name)).versionId(version));
            return true;
        } catch (SdkException e) {
            return notDeleted(name, version, e) != DeleteResult.RETAINED;
        }
    }

    private DeleteResult notDeleted(ObjectName name, String version, SdkException e) {
        boolean forbidden = e instanceof AwsServiceException answer && answer.statusCode() == FORBIDDEN;
        if (forbidden && isProtected(name, version)) {
            return DeleteResult.RETAINED;
        }
        throw failures.describe("deleting", name.value(), e, S3Failures.Effect.CHANGE);
    }

    /** A refused delete is a lock if there is one, whatever our clock says of its date, and a missing permission otherwise. */
    private boolean isProtected(ObjectName name, String version) {
        return reads.head(name, version)
                .map(head -> !head.protection().isNone())
                .orElse(false);
    }

    @Override
    public InputStream get(ObjectName name, ByteRange range) {
        return ofOldest(name, oldest -> Optional.of(reads.get(name, oldest.id(), range)))
                .orElseThrow(() -> new ObjectMissingException(name.value(), null));
    }

    @Override
    public Optional<ObjectStat> stat(ObjectName name) {
        return ofOldest(
                name,
                oldest -> protection(name, oldest)
                        .map(protection -> oldest.stat(name, settings.conditions(), protection)));
    }

    private Optional<Protection> protection(ObjectName name, KeyVersions.Version version) {
        return settings.lock().isEmpty()
                ? Optional.of(Protection.none())
                : reads.head(name, version.id()).map(S3Reads.Head::protection);
    }

    /** Asks for something of the object; again if what was the oldest version has been replaced before the question came. */
    private <T> Optional<T> ofOldest(ObjectName name, Function<KeyVersions.Version, Optional<T>> question) {
        for (int tries = 1; tries <= MOST_LOOKS; tries++) {
            Optional<KeyVersions.Version> oldest = lists.of(name).oldest();
            if (oldest.isEmpty()) {
                return Optional.empty();
            }
            try {
                Optional<T> answer = question.apply(oldest.get());
                if (answer.isPresent()) {
                    return answer;
                }
            } catch (ObjectMissingException replaced) {
                // The next look tells by what.
            }
        }
        throw new StoreException(
                ErrorCode.STORE_UNAVAILABLE,
                "object '" + name + "' in " + settings.place() + " was replaced " + MOST_LOOKS
                        + " times while it was looked at",
                "Run the command again");
    }

    @Override
    public ObjectListing list(String prefix) {
        return new PagedListing(lists.below(prefix));
    }

    @Override
    public DeleteResult delete(ObjectName name) {
        KeyVersions history = lists.of(name);
        if (!removeAll(name, history.versions())) {
            return DeleteResult.RETAINED;
        }
        removeMarkers(name, history);
        return history.versions().isEmpty() ? DeleteResult.ABSENT : DeleteResult.DELETED;
    }

    /**
     * Those of which there is one version, in batches. Of several the newest has to go first, and a batch has no order: they are deleted one by one.
     */
    @Override
    public List<Deletion> deleteAll(List<ObjectName> names) {
        Map<ObjectName, Deletion> done = new LinkedHashMap<>();
        Map<ObjectName, String> single = new LinkedHashMap<>();
        for (ObjectName name : names) {
            done.put(name, Deletion.by(name, () -> {
                KeyVersions history = lists.of(name);
                if (history.isCovered() || history.versions().isEmpty()) {
                    return delete(name);
                }
                single.put(name, history.versions().get(0).id());
                return DeleteResult.DELETED;
            }));
        }
        Map<String, SdkException> errors = new S3Deletes(client, settings)
                .delete(single.entrySet().stream()
                        .map(each -> ObjectIdentifier.builder()
                                .key(settings.key(each.getKey()))
                                .versionId(each.getValue())
                                .build())
                        .toList());
        single.forEach((name, version) -> {
            SdkException error = errors.get(settings.key(name));
            if (error != null) {
                done.put(name, Deletion.by(name, () -> notDeleted(name, version, error)));
            }
        });
        return List.copyOf(done.values());
    }

    @Override
    public List<Overlay> overlays(String prefix) {
        return lists.overlays(prefix);
    }

    @Override
    public DeleteResult remove(Overlay overlay) {
        KeyVersions history = lists.of(overlay.object());
        boolean isObject = history.oldest()
                .filter(oldest -> oldest.id().equals(overlay.version()))
                .isPresent();
        if (isObject || !history.has(overlay.version())) {
            return DeleteResult.ABSENT;
        }
        return remove(overlay.object(), overlay.version()) ? DeleteResult.DELETED : DeleteResult.RETAINED;
    }

    @Override
    public void protect(ObjectName name, Protection protection) {
        KeyVersions.Version oldest =
                lists.of(name).oldest().orElseThrow(() -> new ObjectMissingException(name.value(), null));
        extend(name, oldest.id(), protection);
    }

    private void extend(ObjectName name, String version, Protection more) {
        Protection now = reads.head(name, version)
                .orElseThrow(() -> new ObjectMissingException(name.value(), null))
                .protection();
        Protection then = now.extendedBy(more);
        try {
            if (!then.retainUntil().equals(now.retainUntil())) {
                client.putObjectRetention(request -> request.bucket(settings.bucket())
                        .key(settings.key(name))
                        .versionId(version)
                        .retention(retention -> retention
                                .mode(S3Puts.retentionMode(settings))
                                .retainUntilDate(S3Puts.upTo(then.retainUntil().orElseThrow()))));
            }
            if (then.hold() && !now.hold()) {
                client.putObjectLegalHold(request -> request.bucket(settings.bucket())
                        .key(settings.key(name))
                        .versionId(version)
                        .legalHold(hold -> hold.status(ObjectLockLegalHoldStatus.ON)));
            }
        } catch (SdkException e) {
            throw failures.describe("protecting", name.value(), e, S3Failures.Effect.CHANGE);
        }
    }
}
