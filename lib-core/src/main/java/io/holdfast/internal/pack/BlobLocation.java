// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.internal.format.PackRef;

/**
 * Where one copy of a blob lies.
 *
 * @param pack the pack
 * @param frameStart where its frame begins in the pack
 * @param frameStoredLength how long the frame is there
 * @param offset where the blob begins in the frame's plaintext
 * @param length how long the blob is
 */
public record BlobLocation(PackRef pack, long frameStart, int frameStoredLength, int offset, int length) {}
