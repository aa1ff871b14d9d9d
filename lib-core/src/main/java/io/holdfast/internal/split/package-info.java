// SPDX-License-Identifier: Apache-2.0
/**
 * Cuts content into the pieces that are stored once: MIME originals at their joints, long streams into chunks, and
 * computes the canonical hashes by which two renderings of one thing are recognised.
 *
 * <p>Read {@link io.holdfast.internal.split.MimeSplitter} first, then {@link io.holdfast.internal.split.Chunker}. Pure
 * code: no clock, no randomness, no input or output but the streams handed in. The backup and restore engines depend on
 * it; it depends on {@code internal.digest}, {@code model} and {@code error} at most.
 */
@NullMarked
package io.holdfast.internal.split;

import org.jspecify.annotations.NullMarked;
