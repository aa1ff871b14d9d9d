// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.internal.format.ResourceState;
import io.holdfast.internal.format.RunRef;
import io.holdfast.internal.format.SnapshotRecord;
import io.holdfast.internal.pack.Lane;
import io.holdfast.manifest.BlobRef;
import io.holdfast.model.ResourceId;
import io.holdfast.repository.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One session's work on one lineage of a repository: it holds the lease, stores blobs, and commits.
 *
 * <p>Safe for use by several threads, {@link #flush}, {@link #checkpoint} and {@link #commit} excepted, which one thread calls at a time. Closing
 * releases the lease; what is not committed is found again by the next session from the last checkpoint.
 */
public interface SessionWork extends AutoCloseable {

    /**
     * The number that the snapshot will have.
     *
     * @return the parent's number and one
     */
    long number();

    /**
     * Whether an earlier session that was broken off is continued.
     *
     * @return true if a progress record was taken up
     */
    boolean resumed();

    /**
     * When the session began, or the one that it continues.
     *
     * @return the time that retention goes by
     */
    Instant started();

    /**
     * The record that this session builds on.
     *
     * @return the parent, or empty for the first session of a lineage
     */
    Optional<SnapshotRecord> parent();

    /**
     * The tenant's table.
     *
     * @return the table as of the parent or the progress record, with this session's changes
     */
    TableWork table();

    /**
     * Opens the manifest of a resource.
     *
     * @param state the resource's state in the table
     * @return the manifest, to be opened once for each session
     */
    ManifestWork manifest(ResourceState state);

    /**
     * Opens the ledger of a resource.
     *
     * @param state the resource's state in the table
     * @return the ledger, to be opened once for each session
     */
    LedgerWork ledger(ResourceState state);

    /**
     * Opens the keys that a pass has named so far.
     *
     * @param runs the runs of an unfinished pass, newest first; empty for a new pass
     * @return the keys
     */
    SeenKeys seen(List<RunRef> runs);

    /**
     * Takes the memory that storing needs, if that has not been done yet. Whoever reserves memory for content calls it first: a writer that waited
     * for memory which only content that waits for the writer can give back would wait for ever.
     */
    void prepareToStore();

    /**
     * Stores a chunk of content unless it is known.
     *
     * @param lane chunks of one lane share frames
     * @param bytes the array that holds the chunk; not kept
     * @param offset where it begins
     * @param length how long it is, 1 byte to the largest chunk
     * @return where the chunk is
     */
    BlobRef store(Lane lane, byte[] bytes, int offset, int length);

    /**
     * Closes the lanes of a resource: what comes later shares no frame with what came before.
     *
     * @param resource the resource
     */
    void closeLanes(ResourceId resource);

    /**
     * Makes everything durable whose {@link #store} has returned, and places drafts.
     *
     * @param drafts runs to be placed with it
     */
    void flush(List<RunDraft> drafts);

    /** Writes a progress record over the table as it stands; everything that it names must be flushed. */
    void checkpoint();

    /**
     * Takes what the source has learned for the snapshot's record; what the parent's says stays without it.
     *
     * @param observations at most 64 KiB
     */
    void observe(byte[] observations);

    /**
     * Commits the table as it stands as a snapshot; everything that it names must be flushed.
     *
     * @param complete whether everything in scope is stored whole
     * @param counts what the record keeps of the session, by name
     * @return the snapshot
     * @throws io.holdfast.error.CommitLostException if another session committed first
     * @throws io.holdfast.error.CommitOutcomeUnknownException if nobody can say
     */
    Snapshot commit(boolean complete, Map<String, Long> counts);

    /** Renews the lease if it is due; cheap otherwise. */
    void beat();

    /**
     * What was stored so far.
     *
     * @return the volume
     */
    Volume volume();

    /**
     * How much was stored.
     *
     * @param newPlainBytes bytes of new chunks before compression
     * @param newStoredBytes bytes of packs and runs that were put
     * @param bytesSinceCheckpoint bytes of new chunks since the last checkpoint
     * @param storeRequests requests to the store, by verb
     */
    record Volume(
            long newPlainBytes, long newStoredBytes, long bytesSinceCheckpoint, Map<String, Long> storeRequests) {}

    @Override
    void close();
}
