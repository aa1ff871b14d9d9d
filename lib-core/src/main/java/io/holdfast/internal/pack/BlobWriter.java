// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.crypto.Slice;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.SessionException;
import io.holdfast.internal.format.PackRef;
import io.holdfast.internal.format.RunRef;
import io.holdfast.manifest.BlobRef;
import io.holdfast.model.ResourceId;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.runtime.MemoryBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Takes chunks and makes them durable as blobs in packs, each once: the data path of a session, for one dedup scope.
 *
 * <p>Safe for use by several threads; all workers of a session share one. Identifying, compressing and sealing run in the caller's
 * thread outside of any lock. What {@link #write} has returned is durable only after the next {@link #flush}. When a put has failed, that and
 * every later call fails with the same error, and nothing more is written; packs that are there already are harmless.
 *
 * <p>Memory: {@link BlobWriterSettings#maximumBytes()}, taken from the budget when it is made and given back when it is closed, and at most 40
 * bytes for each blob written.
 */
public final class BlobWriter implements AutoCloseable {

    /** The longest chunk that can be written, in bytes. */
    public static final int MAX_BLOB_BYTES = PackFormat.MAX_BLOB_BYTES;

    private final BlobScope scope;
    private final FrameCodec codec;
    private final KnownBlobs known;
    private final MemoryBudget.Reservation memory;
    private final FrameWorkspace.Pool workspaces;
    private final LaneFrames lanes;
    private final PackUploads uploads;
    private final OpenPacks packs;
    private final BlobIdSet written = new BlobIdSet();
    /** Writers share it; a flush has it alone, so that no blob that counts as known is still on its way into a frame. */
    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();

    private final LongAdder bytesIn = new LongAdder();
    private final LongAdder newPlainBytes = new LongAdder();
    private final LongAdder newStoredBytes = new LongAdder();
    private final LongAdder newBlobs = new LongAdder();
    private final LongAdder knownBlobs = new LongAdder();
    private boolean closed;

    /**
     * Creates a writer; waits until its memory is free.
     *
     * @param scope the dedup scope
     * @param known which blobs need not be stored again
     * @param listener hears of each pack that is durable
     * @param runtime threads for uploads, randomness, memory
     * @param settings how it compresses and how much it holds
     */
    public BlobWriter(
            BlobScope scope,
            KnownBlobs known,
            PackListener listener,
            HoldfastRuntime runtime,
            BlobWriterSettings settings) {
        this(scope, known, listener, runtime, runtime.memory(), settings);
    }

    /**
     * Creates a writer on a budget of its own; waits until its memory is free.
     *
     * @param scope the dedup scope
     * @param known which blobs need not be stored again
     * @param listener hears of each pack that is durable
     * @param runtime threads for uploads, randomness
     * @param memory what it takes its memory from
     * @param settings how it compresses and how much it holds
     */
    public BlobWriter(
            BlobScope scope,
            KnownBlobs known,
            PackListener listener,
            HoldfastRuntime runtime,
            MemoryBudget memory,
            BlobWriterSettings settings) {
        this.scope = scope;
        this.codec = new FrameCodec(scope);
        this.known = known;
        this.workspaces = new FrameWorkspace.Pool(settings.workspaces(), settings.compressionLevel());
        this.lanes = new LaneFrames(settings.openLanes());
        this.uploads = new PackUploads(scope.store(), runtime.workers(), listener, settings.uploadsInFlight());
        this.packs = new OpenPacks(scope, settings, runtime.randomness(), uploads);
        this.memory = reserve(memory, settings.maximumBytes());
    }

    private static MemoryBudget.Reservation reserve(MemoryBudget budget, long bytes) {
        try {
            return budget.reserve(bytes);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SessionException(
                    ErrorCode.SESSION_INTERRUPTED,
                    "interrupted while waiting for " + bytes + " bytes of memory to write packs",
                    "Run the session again",
                    interrupted);
        }
    }

    /**
     * Writes a chunk, unless it is known.
     *
     * @param lane whose it is; small chunks of one lane share a frame
     * @param bytes the array that holds it; not kept
     * @param offset where it begins
     * @param length how long it is, 1 to {@link #MAX_BLOB_BYTES}
     * @return what points at it
     */
    public BlobRef write(Lane lane, byte[] bytes, int offset, int length) {
        if (length < 1 || length > MAX_BLOB_BYTES) {
            throw new IllegalArgumentException("chunk of " + length + " bytes; allowed are 1 to " + MAX_BLOB_BYTES);
        }
        Slice chunk = new Slice(bytes, offset, length);
        gate.readLock().lock();
        try {
            requireUsable();
            byte[] id = scope.blobId(chunk);
            bytesIn.add(length);
            if (written.contains(id) || known.isKnown(id) || !written.add(id)) {
                knownBlobs.increment();
            } else {
                writeNew(lane, id, chunk);
            }
            return new BlobRef(id, length);
        } finally {
            gate.readLock().unlock();
        }
    }

    private void writeNew(Lane lane, byte[] id, Slice chunk) {
        newBlobs.increment();
        newPlainBytes.add(chunk.length());
        try {
            if (chunk.length() < PlainFrame.LARGE_BLOB_BYTES) {
                store(lanes.add(lane, id, chunk.bytes(), chunk.offset(), chunk.length()));
            } else {
                storeLarge(lane.kind(), id, chunk);
            }
        } catch (RuntimeException | Error failed) {
            // The id counts as written from now on, so the writer must not go on without the blob.
            uploads.fail(failed);
            throw failed;
        }
    }

    private void storeLarge(FrameKind kind, byte[] id, Slice chunk) {
        FrameWorkspace workspace = workspaces.take();
        try {
            append(codec.seal(kind, packs.epoch(), id, chunk, workspace));
        } finally {
            workspaces.giveBack(workspace);
        }
    }

    private void store(List<PlainFrame> frames) {
        for (PlainFrame frame : frames) {
            FrameWorkspace workspace = workspaces.take();
            try {
                append(codec.seal(frame, packs.epoch(), workspace));
            } finally {
                workspaces.giveBack(workspace);
            }
            lanes.recycle(frame);
        }
    }

    private void append(SealedFrame frame) {
        newStoredBytes.add(frame.length());
        packs.append(frame);
    }

    /**
     * Cuts the frames of a resource, because nothing more of it is expected soon.
     *
     * @param resource the resource
     */
    public void closeLane(ResourceId resource) {
        gate.readLock().lock();
        try {
            requireUsable();
            storeOrFail(lanes.close(resource));
        } finally {
            gate.readLock().unlock();
        }
    }

    private void storeOrFail(List<PlainFrame> frames) {
        try {
            store(frames);
        } catch (RuntimeException | Error failed) {
            uploads.fail(failed);
            throw failed;
        }
    }

    /**
     * Makes everything durable that was written before. Writers wait while frames are cut, not while the last packs are put.
     *
     * @param annexes small runs that are to stand at the end of a pack
     * @return the packs since the last flush, and where the annexes stand
     */
    public FlushResult flush(List<? extends Annex> annexes) {
        List<OpenPacks.AnnexPlace> places;
        PackUploads.Batch batch;
        gate.writeLock().lock();
        try {
            requireUsable();
            storeOrFail(lanes.closeAll());
            places = closePacks(annexes);
            batch = uploads.cut();
        } finally {
            gate.writeLock().unlock();
        }
        List<PackRef> durable = uploads.await(batch);
        List<RunRef> runs = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            runs.add(annexes.get(i).at(places.get(i).object(), places.get(i).start()));
        }
        return new FlushResult(durable, runs);
    }

    private List<OpenPacks.AnnexPlace> closePacks(List<? extends Annex> annexes) {
        try {
            return packs.close(List.copyOf(annexes));
        } catch (RuntimeException | Error failed) {
            uploads.fail(failed);
            throw failed;
        }
    }

    /**
     * What was done so far; the numbers of calls in progress may be counted in part.
     *
     * @return the counters
     */
    public BlobCounters counters() {
        return new BlobCounters(
                bytesIn.sum(),
                newPlainBytes.sum(),
                newStoredBytes.sum(),
                newBlobs.sum(),
                knownBlobs.sum(),
                uploads.packs(),
                uploads.bytes());
    }

    /** The most bytes that open packs and packs on their way have held in memory at once. */
    long mostPackBytesHeld() {
        return packs.mostBytesHeld();
    }

    private void requireUsable() {
        if (closed) {
            throw new IllegalStateException("blob writer used after it was closed");
        }
        uploads.throwIfFailed();
    }

    /** Waits for uploads that have begun and gives memory back; what was not flushed is dropped. Later calls do nothing. */
    @Override
    public void close() {
        gate.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                uploads.settle();
                workspaces.close();
                memory.close();
            }
        } finally {
            gate.writeLock().unlock();
        }
    }
}
