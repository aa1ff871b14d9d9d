// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.internal.commit.ObjectNames;
import io.holdfast.internal.commit.SnapshotLog;
import io.holdfast.internal.format.PackRef;
import io.holdfast.internal.format.SnapshotRecord;
import io.holdfast.internal.pack.IndexInspector;
import io.holdfast.internal.pack.IndexRunName;
import io.holdfast.internal.pack.PackDirectory;
import io.holdfast.repository.RepositoryStats;
import io.holdfast.store.ObjectListing;
import io.holdfast.store.ObjectStat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Counts what a repository has: one listing, the records, the index runs, and the directories of packs that no run names; for one thread. */
final class Statistics {
    private final RepositoryParts parts;
    private long objects;
    private long storedBytes;
    private long packs;
    private long indexBytes;
    private long blobs;
    private long plainBytes;
    private long snapshots;

    Statistics(RepositoryParts parts) {
        this.parts = parts;
    }

    RepositoryStats take() {
        countObjects();
        Set<PackRef> loose = new HashSet<>();
        for (String name : parts.lineages()) {
            SnapshotLog log = parts.lineage(name).log();
            log.forEachRecord(stored -> {
                loose.addAll(stored.record().packs());
                snapshots += stored.record().type() == SnapshotRecord.Type.SNAPSHOT ? 1 : 0;
            });
        }
        countBlobs(loose);
        return new RepositoryStats(objects, storedBytes, packs, blobs, plainBytes, indexBytes, cacheBytes(), snapshots);
    }

    private void countObjects() {
        try (ObjectListing listing = parts.store().list("")) {
            while (listing.hasNext()) {
                ObjectStat object = listing.next();
                String name = object.name().value();
                objects++;
                storedBytes += object.length();
                packs += name.startsWith(ObjectNames.DATA) || name.startsWith(ObjectNames.META) ? 1 : 0;
                indexBytes += name.startsWith(ObjectNames.INDEX) ? object.length() : 0;
            }
        }
    }

    private void countBlobs(Set<PackRef> loose) {
        IndexInspector inspector = new IndexInspector(parts.store(), parts.keys());
        Set<PackRef> named = new HashSet<>();
        for (Set<IndexRunName> runs : inspector.current().values()) {
            inspector.read(runs, (id, copy) -> {
                named.add(copy.pack());
                blobs++;
                plainBytes += copy.length();
            });
        }
        loose.removeAll(named);
        for (PackDirectory directory : parts.directories(loose).values()) {
            blobs += directory.blobs();
            directory.frames().forEach(frame -> plainBytes += frame.plainLength());
        }
    }

    /** The cached index of this repository; the folder may hold those of others as well. */
    private long cacheBytes() {
        Optional<Path> folder = parts.plan()
                .cache()
                .map(cache -> cache.resolve("index")
                        .resolve(parts.repository().descriptor().repository()))
                .filter(Files::isDirectory);
        if (folder.isEmpty()) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(folder.get())) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(Statistics::length)
                    .sum();
        } catch (IOException | UncheckedIOException unreadable) {
            // The cache is disposable, and another process may be clearing it: then there is nothing worth counting.
            return 0;
        }
    }

    private static long length(Path file) {
        try {
            return Files.size(file);
        } catch (IOException gone) {
            return 0;
        }
    }
}
