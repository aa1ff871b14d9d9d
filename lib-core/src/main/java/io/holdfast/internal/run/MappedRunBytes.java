// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * A run in a memory-mapped file: nothing of it lies on the heap.
 *
 * <p>Thread-safe. The file is mapped rather than read through a channel because an interrupt closes a channel for all its readers. The
 * mapping ends when this object is collected. The file must not be cut while it is mapped.
 */
public final class MappedRunBytes implements RunBytes {
    private static final int PIECE_BITS = 30;
    private static final int PIECE_BYTES = 1 << PIECE_BITS;

    private final String name;
    private final long length;
    private final ByteBuffer[] pieces;

    private MappedRunBytes(String name, long length, ByteBuffer[] pieces) {
        this.name = name;
        this.length = length;
        this.pieces = pieces;
    }

    /**
     * Maps a file.
     *
     * @param file the file that holds the stored bytes of a run
     * @return the source
     * @throws StoreException if the file is missing or cannot be mapped
     */
    public static MappedRunBytes map(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long length = channel.size();
            ByteBuffer[] pieces = new ByteBuffer[Math.toIntExact((length + PIECE_BYTES - 1) >>> PIECE_BITS)];
            for (int i = 0; i < pieces.length; i++) {
                long start = (long) i << PIECE_BITS;
                pieces[i] = channel.map(FileChannel.MapMode.READ_ONLY, start, Math.min(PIECE_BYTES, length - start));
            }
            return new MappedRunBytes(file.toString(), length, pieces);
        } catch (NoSuchFileException missing) {
            throw new StoreException(
                    ErrorCode.STORE_OBJECT_MISSING,
                    "file '" + file + "' of a run is not there",
                    "Fetch the run from the store again",
                    missing);
        } catch (IOException refused) {
            throw new StoreException(
                    ErrorCode.STORE_UNAVAILABLE,
                    "file '" + file + "' of a run cannot be mapped: " + refused.getMessage(),
                    "Check the permissions and the disk of the cache",
                    refused);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public byte[] read(long offset, int wanted) {
        Objects.checkFromIndexSize(offset, wanted, length);
        byte[] bytes = new byte[wanted];
        int done = 0;
        while (done < wanted) {
            long at = offset + done;
            ByteBuffer piece = pieces[(int) (at >>> PIECE_BITS)];
            int start = (int) (at & (PIECE_BYTES - 1));
            int step = Math.min(wanted - done, piece.capacity() - start);
            piece.get(start, bytes, done, step);
            done += step;
        }
        return bytes;
    }
}
