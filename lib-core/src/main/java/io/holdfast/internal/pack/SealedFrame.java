// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

/**
 * A frame that is ready to be appended to any pack of its scope and epoch: frames do not know where they lie.
 *
 * @param kind what its blobs are
 * @param bytes the buffer that holds it from offset 0; belongs to a workspace
 * @param length how long it is
 * @param salt its salt
 * @param ids the ids of its blobs
 * @param lengths the plain lengths of its blobs
 */
@SuppressWarnings("ArrayRecordComponent") // handed on within this package; compared by nobody
record SealedFrame(FrameKind kind, byte[] bytes, int length, byte[] salt, byte[] ids, int[] lengths) {

    FrameEntry entryAt(long start) {
        return new FrameEntry(kind, start, length, salt, ids, lengths);
    }
}
