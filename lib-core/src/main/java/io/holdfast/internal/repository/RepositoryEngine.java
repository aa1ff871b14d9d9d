// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.crypto.KeyProvider;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.RepositoryException;
import io.holdfast.internal.commit.CapabilityProof;
import io.holdfast.internal.commit.KeySlots;
import io.holdfast.internal.commit.Lease;
import io.holdfast.internal.commit.RepositoryCreation;
import io.holdfast.internal.commit.RepositoryOpening;
import io.holdfast.internal.commit.RepositorySite;
import io.holdfast.internal.commit.UnlockedRepository;
import io.holdfast.internal.commit.Witness;
import io.holdfast.internal.commit.WitnessFile;
import io.holdfast.internal.format.Descriptor;
import io.holdfast.internal.format.ResourceState;
import io.holdfast.internal.split.Chunker;
import io.holdfast.manifest.Manifest;
import io.holdfast.manifest.PartEntry;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ResourceId;
import io.holdfast.model.SourceId;
import io.holdfast.model.TenantId;
import io.holdfast.repository.ItemDifference;
import io.holdfast.repository.KeySlotSummary;
import io.holdfast.repository.OpenFailure;
import io.holdfast.repository.RepairReport;
import io.holdfast.repository.RepositoryStats;
import io.holdfast.repository.ResourceSummary;
import io.holdfast.repository.Snapshot;
import io.holdfast.repository.StoreProof;
import io.holdfast.repository.StoredItem;
import io.holdfast.repository.VerifyReport;
import io.holdfast.repository.VerifyRequest;
import io.holdfast.retry.Retrier;
import io.holdfast.retry.RetryPolicy;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.runtime.MemoryBudget;
import io.holdfast.store.CountingObjectStore;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.RetryingObjectStore;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/** The open repository of the engine: hands each question to the part that knows. */
public final class RepositoryEngine implements OpenRepository {
    private final RepositoryParts parts;
    private final SnapshotReading reading;

    private RepositoryEngine(RepositoryParts parts) {
        this.parts = parts;
        this.reading = new SnapshotReading(parts);
    }

    /**
     * Makes a new repository at an empty place.
     *
     * @param plan how
     * @return the open repository
     */
    public static OpenRepository create(RepositoryPlan plan) {
        CountingObjectStore store = store(plan.store(), plan.policy(), plan.runtime());
        RepositorySite site = site(plan, store);
        UnlockedRepository unlocked = new RepositoryCreation(site).create(plan.key(), Descriptor.Parameters.DEFAULT);
        return new RepositoryEngine(new RepositoryParts(plan, site, unlocked, store));
    }

    /**
     * Opens a repository.
     *
     * @param plan how
     * @return the open repository
     */
    public static OpenRepository open(RepositoryPlan plan) {
        CountingObjectStore store = store(plan.store(), plan.policy(), plan.runtime());
        RepositorySite site = site(plan, store);
        UnlockedRepository unlocked = new RepositoryOpening(site).open(plan.key());
        return new RepositoryEngine(new RepositoryParts(plan, site, unlocked, store));
    }

    /**
     * Verifies a repository as far as it goes without any key.
     *
     * @param place where it stands
     * @param runtime time, randomness and threads
     * @param expect the witness of a snapshot that must be there, as {@code N:HASH}
     * @return what was found
     */
    public static VerifyReport verifyKeyless(ObjectStore place, HoldfastRuntime runtime, Optional<String> expect) {
        ObjectStore store = store(place, RetryPolicy.defaults(), runtime);
        return new KeylessVerification(store, runtime, expect).run();
    }

    private static CountingObjectStore store(ObjectStore place, RetryPolicy policy, HoldfastRuntime runtime) {
        Retrier retrier = new Retrier(policy, runtime.time(), runtime.randomness());
        return new CountingObjectStore(new RetryingObjectStore(place, retrier));
    }

    private static RepositorySite site(RepositoryPlan plan, CountingObjectStore store) {
        Witness witness = plan.cache()
                .<Witness>map(folder -> {
                    WitnessFile file = WitnessFile.in(folder, store.describe());
                    return plan.acceptRollback() ? file.acceptingRollback() : file;
                })
                .orElseGet(Witness::none);
        return new RepositorySite(store, plan.runtime(), plan.encryptor(), witness);
    }

    @Override
    public String id() {
        return parts.repository().descriptor().repository();
    }

    @Override
    public Chunker chunker() {
        return parts.chunker();
    }

    @Override
    public String tag(String what) {
        return parts.keys().keyedName("restore-tag", what);
    }

    @Override
    public Optional<HintFile> hints(String restoreId) {
        return parts.plan()
                .cache()
                .map(folder -> new HintFile(
                        folder, restoreId, parts.keys(), parts.runtime().time().now()));
    }

    @Override
    public SessionWork begin(SourceId source, TenantId tenant, MemoryBudget memory) {
        return LineageSession.begin(parts, source, tenant, memory);
    }

    @Override
    public List<SourceId> sources() {
        return reading.sources();
    }

    @Override
    public List<Snapshot> snapshots(SourceId source) {
        return reading.snapshots(source);
    }

    @Override
    public Optional<Snapshot> latest(SourceId source) {
        return reading.latest(source);
    }

    @Override
    public Snapshot snapshot(SourceId source, OptionalLong sequence) {
        return reading.snapshot(source, sequence);
    }

    @Override
    public List<ResourceState> states(Snapshot snapshot) {
        return reading.states(snapshot);
    }

    @Override
    public byte[] observations(Snapshot snapshot) {
        return reading.record(snapshot).observations();
    }

    @Override
    public List<ResourceSummary> resources(Snapshot snapshot) {
        return reading.states(snapshot).stream()
                .map(state -> state.summary(snapshot.committed()))
                .toList();
    }

    @Override
    public void items(Snapshot snapshot, ResourceId resource, Consumer<StoredItem> consumer) {
        reading.items(reading.state(snapshot, resource), consumer);
    }

    @Override
    public void items(Snapshot snapshot, ResourceState state, Consumer<StoredItem> consumer) {
        reading.items(state, consumer);
    }

    @Override
    public void items(Snapshot snapshot, ResourceState state, Set<ItemKey> keys, Consumer<StoredItem> consumer) {
        reading.items(state, keys, consumer);
    }

    @Override
    public Manifest manifest(Snapshot snapshot, ResourceId resource) {
        return reading.manifest(reading.state(snapshot, resource));
    }

    @Override
    public InputStream read(Snapshot snapshot, PartEntry part) {
        return reading.read(snapshot, part);
    }

    @Override
    public void failures(SourceId source, Consumer<OpenFailure> consumer) {
        reading.failures(source, consumer);
    }

    @Override
    public void diff(Snapshot from, Snapshot to, Consumer<ItemDifference> consumer) {
        reading.diff(from, to, consumer);
    }

    @Override
    public VerifyReport verify(VerifyRequest request) {
        return new Verification(parts, request).run();
    }

    @Override
    public StoreProof proveStore() {
        StoreProof proof = new CapabilityProof(parts.store(), parts.runtime()).prove();
        parts.site().witness().noteProof(proof);
        return proof;
    }

    @Override
    public Optional<StoreProof> storeProof() {
        return parts.site().witness().proof();
    }

    @Override
    public RepositoryStats stats() {
        return new Statistics(parts).take();
    }

    @Override
    public long rebuildIndex() {
        try (Lease lease = parts.maintenance()) {
            lease.requireHeld();
            return parts.rebuildIndex();
        }
    }

    @Override
    public RepairReport repair(VerifyReport found) {
        return new Repair(parts, found).run();
    }

    @Override
    public List<KeySlotSummary> keys() {
        return slots().list().stream()
                .map(slot -> new KeySlotSummary(slot.id(), slot.provider(), slot.inUse()))
                .toList();
    }

    private KeySlots slots() {
        return new KeySlots(parts.site(), parts.repository());
    }

    @Override
    public KeySlotSummary addKey(KeyProvider key) {
        String id = slots().add(parts.plan().key(), key);
        return new KeySlotSummary(id, key.name(), false);
    }

    @Override
    public void removeKey(String id) {
        slots().remove(id);
    }

    @Override
    public long rotateDataKey() {
        return slots().rotate(List.of(parts.plan().key()));
    }

    @Override
    public Snapshot copy(Snapshot snapshot, OpenRepository target) {
        TenantId tenant = new TenantId(reading.record(snapshot).tenant());
        MemoryBudget memory = parts.runtime().memory();
        try (SessionWork work = target.begin(snapshot.source(), tenant, memory)) {
            return new SnapshotCopy(reading, snapshot, work).run();
        }
    }

    @Override
    public Snapshot release(SourceId source, ResourceId resource) {
        Snapshot newest = reading.snapshot(source, OptionalLong.empty());
        ResourceState state = reading.state(newest, resource);
        if (state.departedSince().isEmpty()) {
            throw new RepositoryException(
                    ErrorCode.SNAPSHOT_MISSING,
                    "resource '" + resource + "' of '" + source + "' has not departed",
                    "Only resources that the source no longer names can be released");
        }
        TenantId tenant = new TenantId(reading.record(newest).tenant());
        try (SessionWork work = begin(source, tenant, parts.runtime().memory())) {
            work.table().remove(resource);
            return work.commit(newest.complete(), work.table().held());
        }
    }

    @Override
    public void close() {
        parts.close();
    }
}
