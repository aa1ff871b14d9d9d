// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/** What one thread needs to compress and seal a frame; used again for the next one. */
final class FrameWorkspace implements AutoCloseable {
    /** What a workspace keeps at most between frames: two buffers for a blob of 4 MiB, and zstd's tables. */
    static final int KEPT_BYTES = 10 << 20;

    private static final int KEPT_BUFFER_BYTES = (4 << 20) + (64 << 10);
    private static final int FIRST_BUFFER_BYTES = PlainFrame.CAPACITY + (16 << 10);

    private static final int DEFAULT_LEVEL = 3;
    private static final int HASH_LOG = 16;
    private static final int CHAIN_LOG = 15;

    private final ZstdCompressCtx zstd = new ZstdCompressCtx();
    private byte[] compressed = new byte[FIRST_BUFFER_BYTES];
    private byte[] sealed = new byte[FIRST_BUFFER_BYTES];

    FrameWorkspace(int compressionLevel) {
        zstd.setLevel(compressionLevel);
        zstd.setChecksum(false);
        if (compressionLevel == DEFAULT_LEVEL) {
            // The tables that zstd takes for up to 128 KiB. Its tables for longer blobs do not fit into a core's cache:
            // a tenth more time for less than half a percent.
            zstd.setHashLog(HASH_LOG);
            zstd.setChainLog(CHAIN_LOG);
        }
    }

    /** Compresses into {@link #compressed()} and returns the length, or -1 if that would save less than a sixty-fourth. */
    int compress(byte[] plain, int offset, int length) {
        int bound = Math.toIntExact(Zstd.compressBound(length));
        if (compressed.length < bound) {
            compressed = new byte[bound];
        }
        int written = zstd.compressByteArray(compressed, 0, compressed.length, plain, offset, length);
        return written <= length - length / 64 - 1 ? written : -1;
    }

    byte[] compressed() {
        return compressed;
    }

    /** A buffer for the sealed frame, of at least the given length. */
    byte[] sealed(int length) {
        if (sealed.length < length) {
            sealed = new byte[length];
        }
        return sealed;
    }

    private void shrink() {
        if (compressed.length > KEPT_BUFFER_BYTES) {
            compressed = new byte[FIRST_BUFFER_BYTES];
        }
        if (sealed.length > KEPT_BUFFER_BYTES) {
            sealed = new byte[FIRST_BUFFER_BYTES];
        }
    }

    @Override
    public void close() {
        zstd.close();
    }

    /** A bounded number of workspaces; a thread that finds none waits. Safe for use by several threads. */
    static final class Pool implements AutoCloseable {
        private final Semaphore permits;
        private final ConcurrentLinkedDeque<FrameWorkspace> idle = new ConcurrentLinkedDeque<>();
        private final int compressionLevel;

        Pool(int size, int compressionLevel) {
            this.permits = new Semaphore(size);
            this.compressionLevel = compressionLevel;
        }

        FrameWorkspace take() {
            permits.acquireUninterruptibly();
            FrameWorkspace workspace = idle.pollFirst();
            return workspace == null ? new FrameWorkspace(compressionLevel) : workspace;
        }

        void giveBack(FrameWorkspace workspace) {
            workspace.shrink();
            idle.addFirst(workspace);
            permits.release();
        }

        /** Frees the native memory of those that are not in use. */
        @Override
        public void close() {
            for (FrameWorkspace each = idle.pollFirst(); each != null; each = idle.pollFirst()) {
                each.close();
            }
        }
    }
}
