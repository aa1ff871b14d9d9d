// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

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
import io.holdfast.store.PutOptions;
import io.holdfast.store.PutResult;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Objects in a bucket without versions: what stands under the key. */
final class PlainObjects implements StoredObjects {
    private final S3Client client;
    private final S3Settings settings;
    private final S3Failures failures;
    private final S3Puts puts;
    private final S3Reads reads;

    PlainObjects(S3Client client, S3Settings settings, S3Failures failures) {
        this.client = client;
        this.settings = settings;
        this.failures = failures;
        this.puts = new S3Puts(client, settings, failures);
        this.reads = new S3Reads(client, settings, failures);
    }

    @Override
    public PutResult put(ObjectName name, ObjectBody body, PutOptions options) {
        return puts.put(name, body, options.mode(), options.protection()).isPresent()
                ? PutResult.WRITTEN
                : PutResult.REFUSED;
    }

    @Override
    public InputStream get(ObjectName name, ByteRange range) {
        return reads.get(name, null, range);
    }

    @Override
    public Optional<ObjectStat> stat(ObjectName name) {
        return reads.head(name, null)
                .map(head ->
                        new ObjectStat(name, head.length(), head.modified(), version(head.etag()), head.protection()));
    }

    private Optional<String> version(String etag) {
        return settings.conditions() ? Optional.of(etag) : Optional.empty();
    }

    @Override
    public ObjectListing list(String prefix) {
        return new PagedListing(new Pages(prefix));
    }

    @Override
    public DeleteResult delete(ObjectName name) {
        // The answer to a delete does not tell whether there was anything.
        if (reads.head(name, null).isEmpty()) {
            return DeleteResult.ABSENT;
        }
        try {
            client.deleteObject(request -> request.bucket(settings.bucket()).key(settings.key(name)));
            return DeleteResult.DELETED;
        } catch (SdkException e) {
            throw failures.describe("deleting", name.value(), e, S3Failures.Effect.CHANGE);
        }
    }

    @Override
    public List<Deletion> deleteAll(List<ObjectName> names) {
        Map<String, SdkException> errors = new S3Deletes(client, settings)
                .delete(names.stream()
                        .map(name -> ObjectIdentifier.builder()
                                .key(settings.key(name))
                                .build())
                        .toList());
        return names.stream().map(name -> deletion(name, errors)).toList();
    }

    private Deletion deletion(ObjectName name, Map<String, SdkException> errors) {
        SdkException error = errors.get(settings.key(name));
        return error == null
                ? Deletion.of(name, DeleteResult.DELETED)
                : Deletion.failed(name, failures.describe("deleting", name.value(), error, S3Failures.Effect.CHANGE));
    }

    @Override
    public void protect(ObjectName name, Protection protection) {
        throw new IllegalStateException("a bucket without versions protects nothing, and says so in its capabilities");
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
    public boolean ignoresConditions() {
        return false;
    }

    private final class Pages implements PagedListing.Source {
        private final String prefix;
        private @Nullable String token;
        private boolean more = true;

        Pages(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public boolean hasMore() {
            return more;
        }

        @Override
        public List<ObjectStat> next() {
            ListObjectsV2Response page;
            try {
                page = client.listObjectsV2(request -> request.bucket(settings.bucket())
                        .prefix(settings.prefix() + prefix)
                        .continuationToken(token));
            } catch (SdkException e) {
                throw failures.describe("listing", "", e, S3Failures.Effect.NONE);
            }
            // A page may be short, or empty, and not be the last: only the token tells.
            token = page.nextContinuationToken();
            more = Boolean.TRUE.equals(page.isTruncated());
            List<ObjectStat> found = new ArrayList<>();
            for (S3Object object : page.contents()) {
                settings.name(object.key())
                        .ifPresent(name -> found.add(new ObjectStat(
                                name,
                                object.size(),
                                object.lastModified(),
                                version(VersionLists.unquoted(object.eTag())),
                                Protection.none())));
            }
            return found;
        }
    }
}
