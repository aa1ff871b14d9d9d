// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.internal.commit.Lease;
import io.holdfast.internal.commit.LeaseTiming;
import io.holdfast.internal.commit.Leases;
import io.holdfast.internal.commit.ObjectNames;
import io.holdfast.internal.commit.ProcessIdentity;
import io.holdfast.internal.commit.ProgressLog;
import io.holdfast.internal.commit.RepositorySite;
import io.holdfast.internal.commit.RetireLists;
import io.holdfast.internal.commit.SnapshotLog;
import io.holdfast.internal.commit.UnlockedRepository;
import io.holdfast.internal.format.PackRef;
import io.holdfast.internal.format.RecordId;
import io.holdfast.internal.pack.BlobIndex;
import io.holdfast.internal.pack.BlobScope;
import io.holdfast.internal.pack.IndexRebuild;
import io.holdfast.internal.pack.IndexRunFiles;
import io.holdfast.internal.pack.PackDirectory;
import io.holdfast.internal.pack.PackInspector;
import io.holdfast.internal.pack.RetiredPacks;
import io.holdfast.internal.seal.RepositoryKeys;
import io.holdfast.internal.split.ChunkParams;
import io.holdfast.internal.split.Chunker;
import io.holdfast.internal.split.GearTable;
import io.holdfast.model.SourceId;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.runtime.TimeSource;
import io.holdfast.store.CountingObjectStore;
import io.holdfast.store.ObjectListing;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.StoreCounts;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** What an open repository is made of, shared by its sessions and readers; safe for use by several threads. */
final class RepositoryParts implements AutoCloseable {
    private static final long MOST_INDEX_CACHE_BYTES = 32L << 20;
    private static final long MOST_RUN_CACHE_BYTES = 64L << 20;
    private static final int LARGEST_ANNEX = 4 << 20;

    private final RepositoryPlan plan;
    private final RepositorySite site;
    private final UnlockedRepository repository;
    private final CountingObjectStore store;
    private final RunShelf shelf;
    private final Chunker chunker;
    private final Map<String, BlobScope> scopes = new ConcurrentHashMap<>();
    private final Map<String, LineageParts> lineages = new ConcurrentHashMap<>();

    RepositoryParts(
            RepositoryPlan plan, RepositorySite site, UnlockedRepository repository, CountingObjectStore store) {
        this.plan = plan;
        this.site = site;
        this.repository = repository;
        this.store = store;
        this.shelf = new RunShelf(store, repository.keys(), Math.min(MOST_RUN_CACHE_BYTES, budget() / 4));
        this.chunker = new Chunker(params(), GearTable.derive(repository.keys().gearKey()));
    }

    /** Caches are a share of what content may take, so that a small heap gets small ones. */
    private long budget() {
        return plan.runtime().memory().totalBytes();
    }

    private ChunkParams params() {
        var parameters = repository.descriptor().parameters();
        return new ChunkParams(parameters.minChunk(), parameters.averageChunk(), parameters.maxChunk());
    }

    RepositorySite site() {
        return site;
    }

    UnlockedRepository repository() {
        return repository;
    }

    RepositoryPlan plan() {
        return plan;
    }

    ObjectStore store() {
        return store;
    }

    RepositoryKeys keys() {
        return repository.keys();
    }

    RunShelf shelf() {
        return shelf;
    }

    Chunker chunker() {
        return chunker;
    }

    HoldfastRuntime runtime() {
        return plan.runtime();
    }

    TimeSource time() {
        return plan.runtime().time();
    }

    String engine() {
        return plan.engine();
    }

    int largestAnnex() {
        return LARGEST_ANNEX;
    }

    StoreCounts requests() {
        return store.counts();
    }

    static Map<String, Long> byVerb(StoreCounts counts) {
        Map<String, Long> byVerb = new TreeMap<>();
        byVerb.put("put", counts.puts());
        byVerb.put("get", counts.gets());
        byVerb.put("stat", counts.stats());
        byVerb.put("list", counts.lists());
        byVerb.put("delete", counts.deletes());
        byVerb.put("protect", counts.protects());
        return byVerb;
    }

    /** The dedup scope of a tenant; closed with the repository. */
    BlobScope scope(String tenant) {
        return scopes.computeIfAbsent(tenant, name -> scopeByKeyedName(keys().scopeName(name)));
    }

    private BlobScope scopeByKeyedName(String keyedName) {
        return new BlobScope(store, keys(), repository.ring(), keyedName);
    }

    LineageParts lineage(SourceId source) {
        return lineage(keys().lineageName(source.value(), ""));
    }

    /** The logs of a lineage, with the retire lists as they are now. */
    LineageParts lineage(String name) {
        LineageParts known = logs(name);
        known.retired().refresh();
        return known;
    }

    /**
     * The logs of a lineage, with the retire lists as they were read last: whoever claims to have seen fewer lists than there are is only counted
     * more strictly.
     */
    LineageParts lineageAsKnown(SourceId source) {
        return logs(keys().lineageName(source.value(), ""));
    }

    private LineageParts logs(String lineage) {
        return lineages.computeIfAbsent(lineage, this::lineageAnew);
    }

    /** The logs of a lineage that remember nothing of what was read before. */
    LineageParts lineageAnew(String name) {
        RetireLists retired = RetireLists.read(repository);
        return new LineageParts(
                name,
                new SnapshotLog(repository, name, retired, site.witness()),
                new ProgressLog(repository, name, retired),
                leases(),
                retired);
    }

    Leases leases() {
        return new Leases(repository, ProcessIdentity.ofThisProcess(), LeaseTiming.DEFAULT);
    }

    /** The keyed names of all lineages that have records. */
    Set<String> lineages() {
        Set<String> names = new TreeSet<>();
        try (ObjectListing listing = store.list(ObjectNames.SNAPSHOTS)) {
            while (listing.hasNext()) {
                String rest = listing.next().name().value().substring(ObjectNames.SNAPSHOTS.length());
                names.add(rest.substring(0, rest.indexOf('/')));
            }
        }
        return names;
    }

    /** The newest records of the other lineages, as far as this machine remembers them: for detecting that one was set back. */
    Map<String, RecordId> siblings(String except) {
        Map<String, RecordId> siblings = new LinkedHashMap<>();
        for (String name : lineages()) {
            if (!name.equals(except)) {
                site.witness().newest(name).ifPresent(record -> siblings.put(name, record));
            }
        }
        return siblings;
    }

    BlobIndex index(BlobScope scope, Collection<PackRef> loose) {
        IndexRunFiles files = new IndexRunFiles(
                store,
                plan.cache()
                        .map(folder -> folder.resolve("index")
                                .resolve(repository.descriptor().repository())));
        return new BlobIndex(scope, files, loose, this::retiredPacks, Math.min(MOST_INDEX_CACHE_BYTES, budget() / 8));
    }

    private RetiredPacks retiredPacks() {
        RetireLists lists = RetireLists.read(repository);
        return RetiredPacks.of(
                lists.closedPacks().stream().map(PackRef::id).toList(),
                lists.listedPacks().stream().map(PackRef::id).toList());
    }

    /** The directories of packs, read from their ends. */
    Map<PackRef, PackDirectory> directories(Collection<PackRef> packs) {
        Map<PackRef, PackDirectory> directories = new LinkedHashMap<>();
        try (PackInspector inspector = new PackInspector(store, keys(), repository.ring())) {
            for (PackRef pack : packs) {
                directories.put(pack, inspector.directory(pack));
            }
        }
        return directories;
    }

    /** Claims the lease of whoever maintains the repository; the caller closes it. */
    Lease maintenance() {
        Lease lease = leases().acquire(ObjectNames.MAINTENANCE);
        lease.keepAlive();
        return lease;
    }

    /** Builds the index anew from the packs that no closed list names; under the lease of maintenance. Gives how many blobs it has. */
    long rebuildIndex() {
        Set<PackRef> closed = RetireLists.read(repository).closedPacks();
        return new IndexRebuild(store, keys(), repository.ring())
                .run(closed::contains)
                .blobs();
    }

    @Override
    public void close() {
        scopes.values().forEach(BlobScope::close);
        repository.close();
    }
}
