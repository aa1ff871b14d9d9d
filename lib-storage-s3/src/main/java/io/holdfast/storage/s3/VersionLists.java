// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStat;
import io.holdfast.store.Overlay;
import io.holdfast.store.PagedListing;
import io.holdfast.store.Protection;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/** Lists versions: by key ascending, and of each key the newest first. */
final class VersionLists {
    private final S3Client client;
    private final S3Settings settings;
    private final S3Failures failures;

    VersionLists(S3Client client, S3Settings settings, S3Failures failures) {
        this.client = client;
        this.settings = settings;
        this.failures = failures;
    }

    /** All versions of one object. */
    KeyVersions of(ObjectName name) {
        String key = settings.key(name);
        List<KeyVersions.Version> versions = new ArrayList<>();
        List<KeyVersions.Marker> markers = new ArrayList<>();
        Walk walk = new Walk(key);
        boolean passed = false;
        while (!passed && walk.more) {
            ListObjectVersionsResponse page = walk.next();
            for (ObjectVersion each : page.versions()) {
                if (each.key().equals(key)) {
                    versions.add(version(each));
                } else {
                    passed = true;
                }
            }
            for (DeleteMarkerEntry each : page.deleteMarkers()) {
                if (each.key().equals(key)) {
                    markers.add(marker(each));
                }
            }
        }
        return new KeyVersions(versions, markers);
    }

    private static KeyVersions.Marker marker(DeleteMarkerEntry found) {
        return new KeyVersions.Marker(found.versionId(), found.lastModified(), Boolean.TRUE.equals(found.isLatest()));
    }

    private static KeyVersions.Version version(ObjectVersion found) {
        return new KeyVersions.Version(found.versionId(), found.size(), found.lastModified(), unquoted(found.eTag()));
    }

    /** A tag without the quotes that the protocol puts around it: there are services to which a quoted one never matches. */
    static String unquoted(String etag) {
        return etag.length() > 1 && etag.startsWith("\"") && etag.endsWith("\"")
                ? etag.substring(1, etag.length() - 1)
                : etag;
    }

    /** The objects whose names begin with a prefix, page by page. */
    PagedListing.Source below(String prefix) {
        return new Objects(new Walk(settings.prefix() + prefix));
    }

    /** What lies over the objects whose names begin with a prefix; memory holds that, and the keys of one page. */
    List<Overlay> overlays(String prefix) {
        List<Overlay> found = new ArrayList<>();
        NavigableMap<String, History> open = new TreeMap<>();
        Walk walk = new Walk(settings.prefix() + prefix);
        while (walk.more) {
            ListObjectVersionsResponse page = walk.next();
            page.versions()
                    .forEach(each -> open.computeIfAbsent(each.key(), key -> new History())
                            .versions
                            .add(version(each)));
            page.deleteMarkers()
                    .forEach(each -> open.computeIfAbsent(each.key(), key -> new History())
                            .markers
                            .add(marker(each)));
            // The next page may go on with the last key of this one.
            NavigableMap<String, History> whole =
                    walk.more && !open.isEmpty() ? open.headMap(open.lastKey(), false) : open;
            whole.forEach((key, history) -> settings.name(key)
                    .ifPresent(
                            name -> found.addAll(new KeyVersions(history.versions, history.markers).overlays(name))));
            whole.clear();
        }
        return found;
    }

    private static final class History {
        private final List<KeyVersions.Version> versions = new ArrayList<>();
        private final List<KeyVersions.Marker> markers = new ArrayList<>();
    }

    /** The pages of one listing. */
    private final class Walk {
        private final String prefix;
        private @Nullable String keyMarker;
        private @Nullable String versionMarker;
        private boolean more = true;

        Walk(String prefix) {
            this.prefix = prefix;
        }

        ListObjectVersionsResponse next() {
            try {
                ListObjectVersionsResponse page = client.listObjectVersions(request -> request.bucket(settings.bucket())
                        .prefix(prefix)
                        .keyMarker(keyMarker)
                        .versionIdMarker(versionMarker));
                // A page may be short, or empty, and not be the last: only the markers tell.
                keyMarker = page.nextKeyMarker();
                versionMarker = page.nextVersionIdMarker();
                more = Boolean.TRUE.equals(page.isTruncated());
                return page;
            } catch (SdkException e) {
                throw failures.describe("listing versions", "", e, S3Failures.Effect.NONE);
            }
        }
    }

    /** The oldest version of each key; the last of a page is known to be that when the next key has come. */
    private final class Objects implements PagedListing.Source {
        private final Walk walk;
        private @Nullable ObjectVersion last;

        Objects(Walk walk) {
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
                for (ObjectVersion each : walk.next().versions()) {
                    if (last != null && !last.key().equals(each.key())) {
                        add(found, last);
                    }
                    last = each;
                }
            }
            if (!walk.more && last != null) {
                add(found, last);
                last = null;
            }
            return found;
        }

        private void add(List<ObjectStat> found, ObjectVersion oldest) {
            settings.name(oldest.key())
                    .ifPresent(name -> found.add(version(oldest).stat(name, settings.conditions(), Protection.none())));
        }
    }
}
