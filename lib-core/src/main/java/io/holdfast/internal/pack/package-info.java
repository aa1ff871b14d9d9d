// SPDX-License-Identifier: Apache-2.0
/**
 * From chunks to packs on an object store and back: frames, packs, and the index of blobs.
 *
 * <p>Read {@link io.holdfast.internal.pack.BlobWriter} first, then {@link io.holdfast.internal.pack.BlobReader} and {@link
 * io.holdfast.internal.pack.BlobIndex}. Depends on {@code internal.digest}, {@code internal.run}, {@code internal.seal}, {@code internal.format}, {@code store},
 * {@code runtime}, {@code manifest}, {@code crypto}, {@code model} and {@code error}; only {@code internal.repository} and {@code
 * internal.pipeline} may depend on it. Invariant: what a reader hands out is what a writer of the same key took in, or an error.
 */
@NullMarked
package io.holdfast.internal.pack;

import org.jspecify.annotations.NullMarked;
