// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.crypto.Slice;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import io.holdfast.error.RepositoryException;
import io.holdfast.internal.format.PackRef;
import io.holdfast.manifest.BlobRef;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads blobs of one dedup scope; every one is held against its id before it is handed out.
 *
 * <p>Safe for use by several threads. A copy that is missing or damaged is passed over for another one. If there is none, the index is read again,
 * and then, once in a reader's life, the directories of all packs that no index run names. A store that fails is not taken for a blob that is missing.
 */
public final class BlobReader {
    private static final int LARGEST_REQUEST_BYTES = 8 << 20;

    private final BlobScope scope;
    private final BlobIndex index;
    private final FrameFetcher frames;
    private final int aheadBytes;
    private final Consumer<BlobLocation> proven;
    private final ReentrantLock searching = new ReentrantLock();
    private boolean searched;

    /**
     * A reader.
     *
     * @param scope the dedup scope
     * @param index where its blobs lie
     * @param cacheBytes how many bytes of opened frames are kept, 1 MiB or more
     */
    public BlobReader(BlobScope scope, BlobIndex index, long cacheBytes) {
        this(scope, index, cacheBytes, whole -> {});
    }

    /**
     * A reader that tells which frames it has held against their ids.
     *
     * @param scope the dedup scope
     * @param index where its blobs lie
     * @param cacheBytes how many bytes of opened frames are kept, 1 MiB or more
     * @param proven takes the place of each blob that was found sound and is the only one of its frame
     */
    public BlobReader(BlobScope scope, BlobIndex index, long cacheBytes, Consumer<BlobLocation> proven) {
        if (cacheBytes < 1 << 20) {
            throw new IllegalArgumentException("frame cache of " + cacheBytes + " bytes; it needs at least 1 MiB");
        }
        this.scope = scope;
        this.index = index;
        this.proven = proven;
        this.frames = new FrameFetcher(scope, index.directories(), cacheBytes);
        this.aheadBytes = (int) Math.min(LARGEST_REQUEST_BYTES, cacheBytes / 8);
    }

    /**
     * Reads a blob.
     *
     * @param blob which
     * @return its bytes
     * @throws RepositoryException with {@code BLOB_MISSING} if no copy of it can be read
     */
    public byte[] read(BlobRef blob) {
        Slice found = find(blob);
        return Arrays.copyOfRange(found.bytes(), found.offset(), found.offset() + found.length());
    }

    /**
     * Reads blobs one after another as one stream, with neighbours fetched together ahead of their use.
     *
     * @param blobs which, in order
     * @return their bytes; reading throws what {@link #read} throws. For one thread; needs no closing
     */
    public InputStream open(List<BlobRef> blobs) {
        return new BlobStream(this, blobs);
    }

    /**
     * Fetches what the frame cache lacks of some blobs, neighbours together, up to an eighth of the cache. What cannot be fetched
     * is left to {@link #read}, which knows other copies.
     *
     * @param blobs the blobs that will be read next, in that order
     * @return how many of them were looked at, at least one unless there are none
     */
    public int prefetch(List<BlobRef> blobs) {
        List<BlobLocation> locations = new ArrayList<>();
        long bytes = 0;
        int looked = 0;
        for (BlobRef blob : blobs) {
            if (looked > 0 && bytes + blob.length() > aheadBytes) {
                break;
            }
            bytes += blob.length();
            looked++;
            List<BlobLocation> copies = index.lookup(blob.id());
            if (!copies.isEmpty()) {
                locations.add(copies.get(0));
            }
        }
        try {
            frames.fetchAhead(locations, LARGEST_REQUEST_BYTES);
        } catch (HoldfastException trouble) {
            rethrowUnlessLost(trouble);
        }
        return looked;
    }

    /**
     * How many requests for frames were made; those for the index and for directories are not counted.
     *
     * @return the count
     */
    public long frameRequests() {
        return frames.requests();
    }

    /** A blob within the plaintext of its frame, which is shared and not to be changed. */
    Slice find(BlobRef blob) {
        Search search = new Search(blob);
        Slice found = search.among(index.lookup(blob.id()));
        if (found == null && searchWide()) {
            found = search.among(index.lookup(blob.id()));
        }
        if (found == null) {
            throw search.missing();
        }
        return found;
    }

    /** Lets the next search that finds nothing look at the store once more: more was stored since the last one. */
    public void searchAgain() {
        searching.lock();
        try {
            searched = false;
        } finally {
            searching.unlock();
        }
    }

    /** Reads the index again, and the directories of packs that it does not name; once is enough until there is more. */
    private boolean searchWide() {
        searching.lock();
        try {
            if (!searched) {
                index.refresh();
                Set<PackRef> covered = index.coveredPacks();
                List<PackRef> unknown = new ArrayList<>();
                PackNames.list(scope.store(), pack -> {
                    if (!covered.contains(pack)) {
                        unknown.add(pack);
                    }
                });
                index.addLoose(unknown);
                searched = true;
            }
            return true;
        } finally {
            searching.unlock();
        }
    }

    private static void rethrowUnlessLost(HoldfastException trouble) {
        switch (trouble.code()) {
            case STORE_OBJECT_MISSING, STORE_SHORT_READ, REPOSITORY_DAMAGED, FORMAT_LIMIT, KEY_REFUSED -> {}
            default -> throw trouble;
        }
    }

    /** The search for one blob: which copies were tried, and what was wrong with the last. */
    private final class Search {
        private final BlobRef blob;
        private final Set<BlobLocation> tried = new HashSet<>();
        private @Nullable HoldfastException last;

        Search(BlobRef blob) {
            this.blob = blob;
        }

        @Nullable
        Slice among(List<BlobLocation> copies) {
            for (BlobLocation copy : copies) {
                if (tried.add(copy)) {
                    try {
                        return at(copy);
                    } catch (HoldfastException trouble) {
                        rethrowUnlessLost(trouble);
                        last = trouble;
                    }
                }
            }
            return null;
        }

        private Slice at(BlobLocation copy) {
            byte[] plain = frames.plaintext(copy);
            if (copy.length() != blob.length() || copy.offset() > plain.length - copy.length()) {
                throw PackFormat.damaged(
                        copy.pack().objectName(),
                        "the index names " + copy + " for blob " + blob + " of " + blob.length() + " bytes");
            }
            Slice chunk = new Slice(plain, copy.offset(), copy.length());
            if (!Arrays.equals(scope.blobId(chunk), blob.id())) {
                throw PackFormat.damaged(copy.pack().objectName(), "the bytes of blob " + blob + " are others");
            }
            if (chunk.length() == plain.length) {
                proven.accept(copy);
            }
            return chunk;
        }

        RepositoryException missing() {
            HoldfastException cause = last;
            return new RepositoryException(
                    ErrorCode.BLOB_MISSING,
                    "blob " + blob + " of " + blob.length() + " bytes "
                            + (cause == null
                                    ? "is in no pack"
                                    : "cannot be read from any of " + tried.size() + " places: " + cause.getMessage()),
                    "Run verify to learn which items need it; the next session stores them again",
                    cause);
        }
    }
}
