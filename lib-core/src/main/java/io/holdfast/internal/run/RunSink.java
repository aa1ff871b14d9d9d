// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

/** Takes the stored bytes of a run in order. Used by one thread. */
@FunctionalInterface
public interface RunSink {
    /**
     * Takes the next bytes; the array may be used again after the call.
     *
     * @param bytes the array
     * @param offset where the bytes begin
     * @param length how many they are
     */
    void write(byte[] bytes, int offset, int length);
}
