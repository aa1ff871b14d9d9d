// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

/** Counts what is read of a run. */
final class CountingRunBytes implements RunBytes {
    private final RunBytes bytes;
    private final int readAhead;
    int reads;
    long readBytes;

    CountingRunBytes(byte[] bytes, int readAhead) {
        this.bytes = RunBytes.of("counted", bytes);
        this.readAhead = readAhead;
    }

    @Override
    public String name() {
        return bytes.name();
    }

    @Override
    public long length() {
        return bytes.length();
    }

    @Override
    public byte[] read(long offset, int length) {
        reads++;
        readBytes += length;
        return bytes.read(offset, length);
    }

    @Override
    public int readAheadBytes() {
        return readAhead;
    }
}
