// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import io.holdfast.crypto.KeyProvider;
import io.holdfast.internal.repository.OpenRepository;
import io.holdfast.internal.repository.RepositoryEngine;
import io.holdfast.manifest.Manifest;
import io.holdfast.manifest.PartEntry;
import io.holdfast.model.ResourceId;
import io.holdfast.model.SourceId;
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
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.source.Observations;
import io.holdfast.store.ObjectStore;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * An open repository: encrypted, deduplicated snapshots of sources on an {@link ObjectStore}.
 *
 * <p>Safe for use by several threads. {@link #create} and {@link #open} are apart, so that a typo in a path never makes an empty repository
 * with a new key. Who opens it closes it; closing does not close the store, the key provider or the runtime that were given.
 */
public final class Repository implements AutoCloseable {
    private final OpenRepository engine;

    Repository(OpenRepository engine) {
        this.engine = Objects.requireNonNull(engine);
    }

    /**
     * Makes a new repository at an empty place.
     *
     * @param store where
     * @param key what its key is wrapped by; a raw key becomes the repository key itself
     * @return a builder; ends with {@link RepositoryBuilder#on}
     */
    public static RepositoryBuilder create(ObjectStore store, KeyProvider key) {
        return new RepositoryBuilder(store, key, true);
    }

    /**
     * Opens a repository.
     *
     * @param store where it is
     * @param key what opens one of its slots
     * @return a builder; ends with {@link RepositoryBuilder#on}
     */
    public static RepositoryBuilder open(ObjectStore store, KeyProvider key) {
        return new RepositoryBuilder(store, key, false);
    }

    OpenRepository engine() {
        return engine;
    }

    /**
     * The repository's identifier.
     *
     * @return 32 hexadecimal digits
     */
    public String id() {
        return engine.id();
    }

    /**
     * The sources that have snapshots here.
     *
     * @return their names, sorted
     */
    public List<SourceId> sources() {
        return engine.sources();
    }

    /**
     * The snapshots of a source.
     *
     * @param source the source
     * @return oldest first; empty if there are none
     */
    public List<Snapshot> snapshots(SourceId source) {
        return engine.snapshots(source);
    }

    /**
     * The newest snapshot of a source.
     *
     * @param source the source
     * @return the snapshot, or empty if there is none
     */
    public Optional<Snapshot> latest(SourceId source) {
        return engine.latest(source);
    }

    /**
     * One snapshot of a source.
     *
     * @param source the source
     * @param sequence its number; empty for the newest
     * @return the snapshot
     * @throws io.holdfast.error.RepositoryException with {@code SNAPSHOT_MISSING} if there is none
     */
    public Snapshot snapshot(SourceId source, OptionalLong sequence) {
        return engine.snapshot(source, sequence);
    }

    /**
     * The resources that a snapshot holds.
     *
     * @param snapshot the snapshot
     * @return in the order of their ids
     */
    public List<ResourceSummary> resources(Snapshot snapshot) {
        return engine.resources(snapshot);
    }

    /**
     * What the source had learned of its service by a snapshot, in a form of its own.
     *
     * @param snapshot the snapshot
     * @return the observations; of connectors that share a runtime's services see {@link io.holdfast.services.ServiceMemory#drift(Observations)}
     */
    public Observations observations(Snapshot snapshot) {
        return Observations.of(engine.observations(snapshot));
    }

    /**
     * Reads the items that a snapshot holds of one resource, containers first, in the order of their keys.
     *
     * @param snapshot the snapshot
     * @param resource the resource
     * @param consumer takes each item
     */
    public void items(Snapshot snapshot, ResourceId resource, Consumer<StoredItem> consumer) {
        engine.items(snapshot, resource, consumer);
    }

    /**
     * The manifest that a snapshot has of one resource: to look items up, to read from any place on, to compare with a manifest of another
     * snapshot or of the host's own. Changes that are applied to it stay in memory; only sessions write.
     *
     * @param snapshot the snapshot
     * @param resource the resource
     * @return the manifest, readable while this repository is open
     * @throws io.holdfast.error.RepositoryException with {@code SNAPSHOT_MISSING} if the snapshot does not have the resource
     */
    public Manifest manifest(Snapshot snapshot, ResourceId resource) {
        return engine.manifest(snapshot, resource);
    }

    /**
     * The open ledger of a source: what is not, or not wholly, or only in an older version stored.
     *
     * @param source the source
     * @param consumer takes each entry, by resource and key
     */
    public void failures(SourceId source, Consumer<OpenFailure> consumer) {
        engine.failures(source, consumer);
    }

    /**
     * Finds what differs between two snapshots of one source.
     *
     * @param from the older snapshot
     * @param to the newer snapshot
     * @param consumer takes each difference, by resource and key
     */
    public void diff(Snapshot from, Snapshot to, Consumer<ItemDifference> consumer) {
        engine.diff(from, to, consumer);
    }

    /**
     * Reads the original bytes of a stored part; their hash is checked while they are read.
     *
     * @param snapshot a snapshot that has the part
     * @param part the part
     * @return the bytes, which the caller closes; reading throws {@link io.holdfast.error.RepositoryException} before it gives a wrong end
     */
    public InputStream read(Snapshot snapshot, PartEntry part) {
        return engine.read(snapshot, part);
    }

    /**
     * Reads repository objects back and compares.
     *
     * @param request what to verify
     * @return what was found
     * @throws IllegalArgumentException if the expected witness is not of the form {@code N:HASH}
     * @throws io.holdfast.error.StoreException if the store fails; damage is in the report and never thrown
     */
    public VerifyReport verify(VerifyRequest request) {
        return engine.verify(request);
    }

    /**
     * Proves what the store says it can do, by doing it: servers accept conditions and protections and then ignore them. Writes some small
     * objects below {@code probe/} and removes them; one that was put under a lock stays for two minutes. What came out is kept in the cache.
     *
     * @return how each capability stood the proof
     * @throws io.holdfast.error.StoreException if the store fails; with {@code STORE_UNSUPPORTED} if it neither creates only if absent nor lists what
     *     was just written, so that no repository can be on it
     */
    public StoreProof proveStore() {
        return engine.proveStore();
    }

    /**
     * How the store stood the last proof that this machine made: by {@link #proveStore}, at the creation of the repository, or as sessions make them
     * once a week.
     *
     * @return the proof, from the cache; empty if there is no cache, or none was made from here
     */
    public Optional<StoreProof> storeProof() {
        return engine.storeProof();
    }

    /**
     * Verifies a repository at the level {@link io.holdfast.repository.VerifyLevel#KEYLESS} without a key, for whoever keeps a store and
     * must not read it. Reads only. Names objects and no items; of what stands under a seal it says nothing, such as leases, which tell of
     * newest records that are gone.
     *
     * @param store where the repository stands; stays the caller's to close
     * @param runtime time, randomness and threads; stays the caller's to close
     * @param expect the witness of a snapshot that must be there, as {@code N:HASH}
     * @return what was found
     * @throws IllegalArgumentException if the expected witness is not of the form {@code N:HASH}
     * @throws io.holdfast.error.RepositoryException with {@code REPOSITORY_MISSING} if there is no repository
     * @throws io.holdfast.error.StoreException if the store fails; damage is in the report and never thrown
     */
    public static VerifyReport verifyKeyless(ObjectStore store, HoldfastRuntime runtime, Optional<String> expect) {
        return RepositoryEngine.verifyKeyless(store, runtime, expect);
    }

    /**
     * Counts what the repository has.
     *
     * @return the sizes
     */
    public RepositoryStats stats() {
        return engine.stats();
    }

    /**
     * Builds the index anew from the packs alone.
     *
     * @return how many blobs it names
     */
    public long rebuildIndex() {
        return engine.rebuildIndex();
    }

    /**
     * Makes the next sessions mend what a verification found: no session relies on damaged packs any more, a damaged index is built anew, and each
     * source whose newest snapshot is concerned gets a snapshot that is not complete, from which the next session fetches the damaged items again.
     * Needs a store that creates only if absent, and no session at work on the sources that are concerned. What was laid over objects where the store keeps
     * versions is removed, which needs neither.
     *
     * @param found what the verification found
     * @return what was done
     * @throws io.holdfast.error.RepositoryBusyException if a session or a maintainer is at work
     */
    public RepairReport repair(VerifyReport found) {
        return engine.repair(found);
    }

    /**
     * The ways into the repository.
     *
     * @return the key slots
     */
    public List<KeySlotSummary> keys() {
        return engine.keys();
    }

    /**
     * Adds a way in; no data is written anew.
     *
     * @param key what shall open it
     * @return the new slot
     */
    public KeySlotSummary addKey(KeyProvider key) {
        return engine.addKey(key);
    }

    /**
     * Removes a way in. That revokes nothing which a copy of the slot can open: for that, copy into a new repository.
     *
     * @param id the slot's name; the last one cannot be removed
     */
    public void removeKey(String id) {
        engine.removeKey(id);
    }

    /**
     * Begins a new epoch of data keys: what is written from now on is sealed by a new random key, what is there stays readable.
     *
     * @return the number of the new epoch
     */
    public long rotateDataKey() {
        return engine.rotateDataKey();
    }

    /**
     * Copies one snapshot into another repository, as a full that needs nothing else, without asking the source.
     *
     * @param snapshot the snapshot
     * @param target where to
     * @return the snapshot there; its digest is the same only if both repositories have the same repository key
     */
    public Snapshot copy(Snapshot snapshot, Repository target) {
        return engine.copy(snapshot, target.engine);
    }

    /**
     * Removes a departed resource from the next snapshots of a source.
     *
     * @param source the source
     * @param resource the resource
     * @return the snapshot that no longer has it
     */
    public Snapshot release(SourceId source, ResourceId resource) {
        return engine.release(source, resource);
    }

    @Override
    public void close() {
        engine.close();
    }
}
