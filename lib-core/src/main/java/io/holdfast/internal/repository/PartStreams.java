// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import io.holdfast.error.RepositoryException;
import io.holdfast.internal.digest.Sha256;
import io.holdfast.internal.pack.BlobReader;
import io.holdfast.internal.split.Recipe;
import io.holdfast.manifest.BlobRef;
import io.holdfast.manifest.PartEntry;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Opens stored parts as the bytes that they were; each stream is for one thread. */
final class PartStreams {
    private PartStreams() {}

    /** The original bytes; instead of a wrong end, reading throws. */
    static InputStream open(BlobReader blobs, PartEntry part) {
        Optional<byte[]> recipe = part.recipe();
        InputStream original = recipe.isEmpty() ? blobs.open(part.blobs()) : reassembled(blobs, part, recipe.get());
        return new Checked(original, part);
    }

    /**
     * Reads a part to its end and holds it against its length and hash.
     *
     * @throws io.holdfast.error.HoldfastException if it cannot be read, or is not what was backed up
     */
    static void prove(BlobReader blobs, PartEntry part) {
        try (InputStream in = open(blobs, part)) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            if (e.getCause() instanceof HoldfastException trouble) {
                throw trouble;
            }
            // Blobs are in memory when they are read, so that only a recipe can break off.
            throw damaged(part, "its recipe does not fit its blobs: " + e.getMessage(), e);
        }
    }

    private static InputStream reassembled(BlobReader blobs, PartEntry part, byte[] encoded) {
        Recipe recipe;
        try {
            recipe = Recipe.decode(encoded);
        } catch (IOException e) {
            throw damaged(part, "its recipe is malformed: " + e.getMessage(), e);
        }
        List<List<BlobRef>> streams = streams(part, recipe);
        return recipe.original(stream -> blobs.open(streams.get(stream)));
    }

    /** The blobs of each stream: the body first, then the attachments, one after another. */
    private static List<List<BlobRef>> streams(PartEntry part, Recipe recipe) {
        List<List<BlobRef>> streams = new ArrayList<>();
        int next = 0;
        for (int stream = 0; stream <= recipe.attachments(); stream++) {
            List<BlobRef> blobs = new ArrayList<>();
            long left = recipe.streamBytes(stream);
            while (left > 0 && next < part.blobs().size()) {
                BlobRef blob = part.blobs().get(next++);
                blobs.add(blob);
                left -= blob.length();
            }
            if (left != 0) {
                throw damaged(part, "its blobs do not fill stream " + stream + " of its recipe", null);
            }
            streams.add(blobs);
        }
        return streams;
    }

    private static RepositoryException damaged(
            PartEntry part, String what, @org.jspecify.annotations.Nullable Throwable cause) {
        return new RepositoryException(
                ErrorCode.REPOSITORY_DAMAGED,
                "part '" + part.name() + "' of an item cannot be read: " + what,
                "Run verify to learn what is damaged, and restore from another snapshot",
                cause);
    }

    /** Holds what is read against the length and hash of the part. */
    private static final class Checked extends FilterInputStream {
        private final PartEntry part;
        private final MessageDigest digest;
        private long count;
        private boolean proven;

        Checked(InputStream in, PartEntry part) {
            super(in);
            this.part = part;
            this.digest = Sha256.start();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            int n = super.read(b, off, len);
            if (n > 0) {
                digest.update(b, off, n);
                count += n;
            }
            // The last bytes are handed out only with the proof of all: a caller that stops there has read no wrong
            // byte.
            if (!proven && (n < 0 || count == part.size())) {
                prove();
            }
            return n;
        }

        private void prove() {
            if (count != part.size() || !Arrays.equals(digest.digest(), part.rawHash())) {
                throw damaged(part, "its bytes are not those that were backed up", null);
            }
            proven = true;
        }

        @Override
        public long skip(long n) throws IOException {
            byte[] buffer = new byte[(int) Math.min(8192, Math.max(n, 0))];
            long skipped = 0;
            while (skipped < n) {
                int read = read(buffer, 0, (int) Math.min(buffer.length, n - skipped));
                if (read <= 0) {
                    break;
                }
                skipped += read;
            }
            return skipped;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
