// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import java.util.Arrays;
import java.util.Objects;

/**
 * The stored bytes of one run, wherever they lie: an array, a mapped file, a range of an object.
 *
 * <p>Implementations are safe for use by several threads. The bytes never change.
 */
public interface RunBytes {
    /**
     * What the run is called in messages.
     *
     * @return such as an object's name
     */
    String name();

    /**
     * The stored length.
     *
     * @return bytes
     */
    long length();

    /**
     * Reads a range.
     *
     * @param offset where it begins
     * @param length how many bytes
     * @return an array of exactly that length
     */
    byte[] read(long offset, int length);

    /**
     * How much a scan should ask for at once.
     *
     * @return bytes; 0 when reading block by block costs nothing extra
     */
    default int readAheadBytes() {
        return 0;
    }

    /**
     * Bytes that lie in an array.
     *
     * @param name what the run is called in messages
     * @param bytes the stored bytes; not copied
     * @return the source
     */
    static RunBytes of(String name, byte[] bytes) {
        return new ArrayRunBytes(name, bytes);
    }

    /**
     * A run that lies inside of something larger, such as the run at the end of a pack.
     *
     * @param name what the run is called in messages
     * @param offset where the run begins in these bytes
     * @param length how long it is
     * @return the part
     */
    default RunBytes part(String name, long offset, long length) {
        return new PartRunBytes(name, this, offset, length);
    }
}

/** A run in an array. */
record ArrayRunBytes(String name, byte[] bytes) implements RunBytes {
    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public byte[] read(long offset, int length) {
        Objects.checkFromIndexSize(offset, length, (long) bytes.length);
        return Arrays.copyOfRange(bytes, (int) offset, (int) offset + length);
    }
}

/** A range of other bytes. */
record PartRunBytes(String name, RunBytes whole, long start, long length) implements RunBytes {
    PartRunBytes {
        Objects.checkFromIndexSize(start, length, whole.length());
    }

    @Override
    public byte[] read(long offset, int wanted) {
        Objects.checkFromIndexSize(offset, wanted, length);
        return whole.read(start + offset, wanted);
    }

    @Override
    public int readAheadBytes() {
        return whole.readAheadBytes();
    }
}
