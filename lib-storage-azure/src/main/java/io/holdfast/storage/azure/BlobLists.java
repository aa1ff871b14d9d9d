// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.azure;

import com.azure.core.http.rest.PagedResponse;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobImmutabilityPolicy;
import com.azure.storage.blob.models.BlobImmutabilityPolicyMode;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobItemProperties;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.ListBlobsOptions;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStat;
import io.holdfast.store.Overlay;
import io.holdfast.store.PagedListing;
import io.holdfast.store.Protection;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists blobs, or their versions: by name ascending. */
final class BlobLists {
    /** Few blobs have a name that begins with another's, and few have many versions. */
    private static final int FEW = 100;

    private static final int MOST = 5_000;

    private final BlobContainerClient client;
    private final AzureSettings settings;
    private final AzureFailures failures;

    BlobLists(BlobContainerClient client, AzureSettings settings, AzureFailures failures) {
        this.client = client;
        this.settings = settings;
        this.failures = failures;
    }

    /** All versions of one object. */
    BlobVersions of(ObjectName name) {
        String blob = settings.blob(name);
        List<BlobVersions.Version> versions = new ArrayList<>();
        Walk walk = new Walk(blob, versionsAndPolicies(), FEW);
        boolean passed = false;
        while (!passed && walk.more) {
            for (BlobItem each : walk.next()) {
                if (each.getName().equals(blob)) {
                    versions.add(version(each));
                } else {
                    passed = true;
                }
            }
        }
        return new BlobVersions(versions);
    }

    private static BlobListDetails versionsAndPolicies() {
        return new BlobListDetails()
                .setRetrieveVersions(true)
                .setRetrieveImmutabilityPolicy(true)
                .setRetrieveLegalHold(true);
    }

    private static BlobVersions.Version version(BlobItem found) {
        BlobItemProperties properties = found.getProperties();
        byte[] md5 = properties.getContentMd5();
        BlobImmutabilityPolicy policy = properties.getImmutabilityPolicy();
        return new BlobVersions.Version(
                found.getVersionId() == null ? "" : found.getVersionId(),
                // A blob from before versions were kept has neither an id nor this mark, and stands under its name.
                found.getVersionId() == null || Boolean.TRUE.equals(found.isCurrentVersion()),
                properties.getContentLength(),
                properties.getLastModified().toInstant(),
                unquoted(properties.getETag()),
                md5 == null ? new byte[0] : md5,
                protection(policy, properties.hasLegalHold()),
                policy != null && BlobImmutabilityPolicyMode.LOCKED.equals(policy.getPolicyMode()));
    }

    static Protection protection(@Nullable BlobImmutabilityPolicy policy, @Nullable Boolean hold) {
        Optional<OffsetDateTime> until = Optional.ofNullable(policy).map(BlobImmutabilityPolicy::getExpiryTime);
        return new Protection(until.map(OffsetDateTime::toInstant), Boolean.TRUE.equals(hold));
    }

    /** A tag without the quotes that headers put around it and listings do not. */
    static String unquoted(String etag) {
        return etag.length() > 1 && etag.startsWith("\"") && etag.endsWith("\"")
                ? etag.substring(1, etag.length() - 1)
                : etag;
    }

    /** The objects whose names begin with a prefix, as they stand under their names, page by page. */
    PagedListing.Source standing(String prefix) {
        return new Standing(new Walk(settings.prefix() + prefix, new BlobListDetails(), MOST));
    }

    /** The objects whose names begin with a prefix, each in its oldest version, page by page. */
    PagedListing.Source oldest(String prefix) {
        return new Oldest(new Walk(settings.prefix() + prefix, new BlobListDetails().setRetrieveVersions(true), MOST));
    }

    /** What lies over the objects whose names begin with a prefix; memory holds that, and the versions of one blob. */
    List<Overlay> overlays(String prefix) {
        List<Overlay> found = new ArrayList<>();
        List<BlobItem> same = new ArrayList<>();
        Walk walk = new Walk(settings.prefix() + prefix, new BlobListDetails().setRetrieveVersions(true), MOST);
        while (walk.more) {
            for (BlobItem each : walk.next()) {
                if (!same.isEmpty() && !same.get(0).getName().equals(each.getName())) {
                    found.addAll(overlays(same));
                    same.clear();
                }
                same.add(each);
            }
        }
        found.addAll(overlays(same));
        return found;
    }

    private List<Overlay> overlays(List<BlobItem> same) {
        if (same.isEmpty()) {
            return List.of();
        }
        BlobVersions history =
                new BlobVersions(same.stream().map(BlobLists::version).toList());
        return settings.name(same.get(0).getName()).map(history::overlays).orElse(List.of());
    }

    private void add(List<ObjectStat> found, BlobItem blob) {
        settings.name(blob.getName()).ifPresent(name -> found.add(version(blob).stat(name, settings)));
    }

    /** The pages of one listing. */
    private final class Walk {
        private final ListBlobsOptions options;
        private @Nullable String marker;
        private boolean more = true;

        Walk(String prefix, BlobListDetails details, int most) {
            this.options =
                    new ListBlobsOptions().setPrefix(prefix).setDetails(details).setMaxResultsPerPage(most);
        }

        List<BlobItem> next() {
            try {
                Iterator<PagedResponse<BlobItem>> pages =
                        client.listBlobs(options, marker, null).iterableByPage().iterator();
                PagedResponse<BlobItem> page = pages.next();
                // A page may be short, or empty, and not be the last: only the marker tells.
                marker = page.getContinuationToken();
                more = marker != null && !marker.isEmpty();
                return page.getValue();
            } catch (RuntimeException e) {
                throw failures.describe("listing", "", e, AzureFailures.Effect.NONE);
            }
        }
    }

    private final class Standing implements PagedListing.Source {
        private final Walk walk;

        Standing(Walk walk) {
            this.walk = walk;
        }

        @Override
        public boolean hasMore() {
            return walk.more;
        }

        @Override
        public List<ObjectStat> next() {
            List<ObjectStat> found = new ArrayList<>();
            walk.next().forEach(each -> add(found, each));
            return found;
        }
    }

    /** The oldest version of each blob; the one at the end of a page is known to be that when the next name has come. */
    private final class Oldest implements PagedListing.Source {
        private final Walk walk;
        private @Nullable BlobItem last;

        Oldest(Walk walk) {
            this.walk = walk;
        }

        @Override
        public boolean hasMore() {
            return walk.more || last != null;
        }

        @Override
        public List<ObjectStat> next() {
            List<ObjectStat> found = new ArrayList<>();
            if (walk.more) {
                for (BlobItem each : walk.next()) {
                    last = older(found, last, each);
                }
            }
            if (!walk.more && last != null) {
                add(found, last);
                last = null;
            }
            return found;
        }

        private BlobItem older(List<ObjectStat> found, @Nullable BlobItem before, BlobItem next) {
            if (before == null) {
                return next;
            }
            if (!before.getName().equals(next.getName())) {
                add(found, before);
                return next;
            }
            return version(next).id().compareTo(version(before).id()) < 0 ? next : before;
        }
    }
}
