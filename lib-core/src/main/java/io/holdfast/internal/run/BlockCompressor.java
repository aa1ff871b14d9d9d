// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import org.jspecify.annotations.Nullable;

/** Compresses blocks with one zstd context, and stops trying for a while when that does not help. */
final class BlockCompressor implements AutoCloseable {
    private static final int PATIENCE = 4;
    private static final int PAUSE_BLOCKS = 16;

    private final @Nullable ZstdCompressCtx context;
    private byte[] output = new byte[0];
    private int misses;
    private int pause;

    BlockCompressor(int level) {
        if (level == 0) {
            context = null;
            return;
        }
        context = new ZstdCompressCtx();
        context.setLevel(level).setChecksum(false).setContentSize(false).setDictID(false);
    }

    /** Compresses a block to offset 1 of {@link #output()}; returns the compressed length, or -1 when it saves less than a sixteenth. */
    int compress(byte[] bytes, int offset, int length) {
        ZstdCompressCtx zstd = context;
        if (zstd == null || pause > 0) {
            pause = Math.max(0, pause - 1);
            return -1;
        }
        int bound = Math.toIntExact(Zstd.compressBound(length));
        if (output.length < bound + 1) {
            output = new byte[bound + 1];
        }
        int compressed = zstd.compressByteArray(output, 1, output.length - 1, bytes, offset, length);
        if (compressed <= length - (length >> 4)) {
            misses = 0;
            return compressed;
        }
        misses++;
        pause = misses >= PATIENCE ? PAUSE_BLOCKS : 0;
        return -1;
    }

    byte[] output() {
        return output;
    }

    @Override
    public void close() {
        if (context != null) {
            context.close();
        }
    }
}
