// SPDX-License-Identifier: Apache-2.0
/**
 * Derives keys and seals bytes: segments, envelopes, blocks of runs, frames, key slots, the ring of data keys.
 *
 * <p>Read {@link io.holdfast.internal.seal.RepositoryKeys} first. Depends on {@code internal.digest}, {@code crypto}, {@code runtime} (randomness), {@code model}
 * and {@code error}; knows no store.
 */
@NullMarked
package io.holdfast.internal.seal;

import org.jspecify.annotations.NullMarked;
