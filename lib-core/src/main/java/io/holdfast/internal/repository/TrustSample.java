// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.error.HoldfastException;
import io.holdfast.internal.pack.BlobIndex;
import io.holdfast.internal.pack.BlobLocation;
import io.holdfast.internal.pack.BlobReader;
import io.holdfast.internal.pack.KnownBlobs;
import io.holdfast.manifest.BlobRef;
import io.holdfast.runtime.Randomness;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a sample of the blobs that this session did not write before it relies on them: one of a hundred at the first hit, another hundredth in each
 * session, and no more than a few hundred of them. What does not open counts as unknown, and is stored again. Safe for use by several threads.
 */
final class TrustSample implements KnownBlobs {
    private static final Logger LOG = LoggerFactory.getLogger(TrustSample.class);
    private static final int ONE_OF = 100;
    private static final int MOST = 256;

    private final BlobIndex index;
    private final BlobReader reader;
    private final int turn;
    private final AtomicInteger left = new AtomicInteger(MOST);
    private final Map<byte[], Boolean> opened = new TreeMap<>(Arrays::compareUnsigned);

    TrustSample(BlobIndex index, BlobReader reader, Randomness randomness) {
        this.index = index;
        this.reader = reader;
        this.turn =
                Math.floorMod(ByteBuffer.wrap(randomness.bytes(Integer.BYTES)).getInt(), ONE_OF);
    }

    @Override
    public boolean isKnown(byte[] id) {
        if (!index.isKnown(id)) {
            return false;
        }
        // Ids are keyed hashes, so any bits of them are as good as chance.
        boolean sampled = Integer.remainderUnsigned(ByteBuffer.wrap(id).getInt(), ONE_OF) == turn;
        return !sampled || opens(id);
    }

    private boolean opens(byte[] id) {
        synchronized (opened) {
            Boolean before = opened.get(id);
            if (before != null) {
                return before;
            }
        }
        if (left.getAndDecrement() <= 0) {
            return true;
        }
        boolean opens = read(id);
        synchronized (opened) {
            opened.put(id.clone(), opens);
        }
        return opens;
    }

    private boolean read(byte[] id) {
        List<BlobLocation> copies = index.lookup(id);
        try {
            return !copies.isEmpty()
                    && reader.read(new BlobRef(id, copies.get(0).length())).length > 0;
        } catch (HoldfastException trouble) {
            if (!Findings.isDamage(trouble)) {
                throw trouble;
            }
            LOG.warn("A known blob is stored again, because it cannot be read: {}", trouble.getMessage());
            return false;
        }
    }
}
