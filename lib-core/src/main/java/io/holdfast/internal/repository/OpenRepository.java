// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.crypto.KeyProvider;
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
import io.holdfast.runtime.MemoryBudget;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An open repository as the engines and the public face see it; safe for use by several threads.
 *
 * <p>What a method promises is said at {@code io.holdfast.Repository}, which hands on to it.
 */
public interface OpenRepository extends AutoCloseable {

    /**
     * The repository's identifier.
     *
     * @return 32 hexadecimal digits
     */
    String id();

    /**
     * What cuts long contents in this repository.
     *
     * @return the chunker with the repository's parameters and keyed table
     */
    Chunker chunker();

    /**
     * A keyed hash of something that a restore creates, by which it is recognised later.
     *
     * @param what what it is
     * @return 32 hexadecimal digits
     */
    String tag(String what);

    /**
     * What earlier runs of a restore left half done.
     *
     * @param restoreId names the restore
     * @return hints that outlive this process, or empty if there is no cache folder
     */
    Optional<HintFile> hints(String restoreId);

    /**
     * Begins a session: takes the lease of the source's lineage, and finds the newest record and the progress beyond it.
     *
     * @param source the source
     * @param tenant its tenant, within which blobs are shared
     * @param memory what admits open packs into memory
     * @return the session's work, which the caller closes
     * @throws io.holdfast.error.RepositoryBusyException if another session holds the lease
     */
    SessionWork begin(SourceId source, TenantId tenant, MemoryBudget memory);

    /**
     * The sources that have snapshots.
     *
     * @return their names, sorted
     */
    List<SourceId> sources();

    /**
     * The snapshots of a source.
     *
     * @param source the source
     * @return oldest first
     */
    List<Snapshot> snapshots(SourceId source);

    /**
     * The newest snapshot of a source.
     *
     * @param source the source
     * @return the snapshot, or empty
     */
    Optional<Snapshot> latest(SourceId source);

    /**
     * One snapshot of a source.
     *
     * @param source the source
     * @param sequence its number; empty for the newest
     * @return the snapshot
     */
    Snapshot snapshot(SourceId source, OptionalLong sequence);

    /**
     * What a snapshot keeps of each resource.
     *
     * @param snapshot the snapshot
     * @return in the order of their ids
     */
    List<ResourceState> states(Snapshot snapshot);

    /** What connectors had learned by a snapshot. */
    byte[] observations(Snapshot snapshot);

    /**
     * The resources of a snapshot for people.
     *
     * @param snapshot the snapshot
     * @return in the order of their ids
     */
    List<ResourceSummary> resources(Snapshot snapshot);

    /**
     * Reads the items of a resource.
     *
     * @param snapshot the snapshot
     * @param resource the resource
     * @param consumer takes each item, containers first
     */
    void items(Snapshot snapshot, ResourceId resource, Consumer<StoredItem> consumer);

    /**
     * Reads the items of a resource.
     *
     * @param snapshot the snapshot
     * @param state what the snapshot keeps of the resource
     * @param consumer takes each item, containers first
     */
    void items(Snapshot snapshot, ResourceState state, Consumer<StoredItem> consumer);

    /**
     * Reads all containers of a resource and some of its items, each of which is looked up; nothing is read of the others.
     *
     * @param snapshot the snapshot
     * @param state what the snapshot keeps of the resource
     * @param keys which items; those that it does not have are left out
     * @param consumer takes each item, containers first
     */
    void items(Snapshot snapshot, ResourceState state, Set<ItemKey> keys, Consumer<StoredItem> consumer);

    /**
     * The manifest of a resource.
     *
     * @param snapshot the snapshot
     * @param resource the resource
     * @return the manifest, readable while the repository is open
     */
    Manifest manifest(Snapshot snapshot, ResourceId resource);

    /**
     * Reads the original bytes of a part, checked against its hash.
     *
     * @param snapshot a snapshot that has the part
     * @param part the part
     * @return the bytes, which the caller closes
     */
    InputStream read(Snapshot snapshot, PartEntry part);

    /**
     * Reads the open ledger of a source.
     *
     * @param source the source
     * @param consumer takes each entry
     */
    void failures(SourceId source, Consumer<OpenFailure> consumer);

    /**
     * Finds what differs between two snapshots.
     *
     * @param from the older one
     * @param to the newer one
     * @param consumer takes each difference
     */
    void diff(Snapshot from, Snapshot to, Consumer<ItemDifference> consumer);

    /**
     * Verifies.
     *
     * @param request what
     * @return what was found
     */
    VerifyReport verify(VerifyRequest request);

    /**
     * Proves what the store says it can do.
     *
     * @return what came out
     */
    StoreProof proveStore();

    /**
     * How the store stood the last proof that this machine made.
     *
     * @return the proof; empty if this machine remembers none
     */
    Optional<StoreProof> storeProof();

    /**
     * Counts what is there.
     *
     * @return the sizes
     */
    RepositoryStats stats();

    /**
     * Builds the index anew from packs.
     *
     * @return how many blobs it names
     */
    long rebuildIndex();

    /**
     * Makes the next sessions mend what a verification found.
     *
     * @param found what it found
     * @return what was done
     */
    RepairReport repair(VerifyReport found);

    /**
     * The key slots.
     *
     * @return the slots
     */
    List<KeySlotSummary> keys();

    /**
     * Adds a key slot.
     *
     * @param key what shall open it
     * @return the slot
     */
    KeySlotSummary addKey(KeyProvider key);

    /**
     * Removes a key slot.
     *
     * @param id its name
     */
    void removeKey(String id);

    /**
     * Begins a new epoch of data keys.
     *
     * @return its number
     */
    long rotateDataKey();

    /**
     * Copies a snapshot into another repository.
     *
     * @param snapshot the snapshot
     * @param target where to
     * @return the snapshot there
     */
    Snapshot copy(Snapshot snapshot, OpenRepository target);

    /**
     * Removes a departed resource.
     *
     * @param source the source
     * @param resource the resource
     * @return the snapshot that no longer has it
     */
    Snapshot release(SourceId source, ResourceId resource);

    @Override
    void close();
}
