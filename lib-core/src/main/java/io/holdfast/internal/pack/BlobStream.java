// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.crypto.Slice;
import io.holdfast.manifest.BlobRef;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;

/** Blobs one after another as one stream; holds one frame and reads ahead into the reader's cache. For one thread. */
final class BlobStream extends InputStream {
    private static final Slice NOTHING = Slice.of(new byte[0]);

    private final BlobReader reader;
    private final List<BlobRef> blobs;
    private int next;
    private int fetchedUpTo;
    private Slice current = NOTHING;
    private int at;

    BlobStream(BlobReader reader, List<BlobRef> blobs) {
        this.reader = reader;
        this.blobs = List.copyOf(blobs);
        this.fetchedUpTo = blobs.size() == 1 ? 1 : 0;
    }

    @Override
    public int read() {
        return advance() ? current.bytes()[current.offset() + at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        if (!advance()) {
            return -1;
        }
        int step = Math.min(length, current.length() - at);
        System.arraycopy(current.bytes(), current.offset() + at, bytes, offset, step);
        at += step;
        return step;
    }

    @Override
    public long skip(long count) {
        long skipped = 0;
        while (skipped < count) {
            int rest = current.length() - at;
            if (rest == 0 && next < blobs.size() && blobs.get(next).length() <= count - skipped) {
                skipped += blobs.get(next++).length();
            } else if (advance()) {
                int step = (int) Math.min(count - skipped, current.length() - at);
                at += step;
                skipped += step;
            } else {
                break;
            }
        }
        return skipped;
    }

    @Override
    public int available() {
        return current.length() - at;
    }

    /** Moves to the next blob if the current one is read; false at the end. */
    private boolean advance() {
        while (at == current.length()) {
            if (next == blobs.size()) {
                current = NOTHING;
                at = 0;
                return false;
            }
            if (next >= fetchedUpTo) {
                fetchedUpTo = next + reader.prefetch(blobs.subList(next, blobs.size()));
            }
            current = reader.find(blobs.get(next++));
            at = 0;
        }
        return true;
    }
}
