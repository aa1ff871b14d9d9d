// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.sets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A tree of files of which every name and byte follows from a seed. Immutable and thread-safe.
 *
 * <p>{@link DataSetFolder} puts one on disk.
 */
public abstract class DataSet {
    private final String name;
    private final int items;
    private final long seed;

    DataSet(String name, int items, long seed) {
        if (items < 4) {
            throw new IllegalArgumentException("data set " + name + " has " + items + " items; give at least four");
        }
        this.name = name;
        this.items = items;
        this.seed = seed;
    }

    public final String name() {
        return name;
    }

    /** Number of items on the first day. */
    public final int items() {
        return items;
    }

    /** The bytes of one item on the first day, without a file. */
    public final byte[] item(int index) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writer().write(index, Edition.FIRST, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Says which maker, size and seed made the bytes; two folders with one identity are equal. */
    final String identity() {
        return name + " version 1 items " + items + " scale " + scale() + " seed " + seed;
    }

    final SeededStream stream(String label, long index) {
        return SeededStream.of(seed, name + " " + label, index);
    }

    NextDay nextDay() {
        return NextDay.ordinary(seed, name, items);
    }

    /** Factor on the length of items; 1 unless a set shrinks its items. */
    double scale() {
        return 1;
    }

    /** Path of an item below the root of the set, with slashes. */
    abstract String path(int index);

    abstract ItemWriter writer();
}
