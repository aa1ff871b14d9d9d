// SPDX-License-Identifier: Apache-2.0
/**
 * Immutable sorted runs: the one structure that holds manifests, the tenant's table, the index, ledgers, keys seen and claims.
 *
 * <p>Read {@link io.holdfast.internal.run.RunWriter} first, then {@link io.holdfast.internal.run.RunReader} and {@link
 * io.holdfast.internal.run.RunMerger}. Depends on {@code internal.digest}, {@code internal.seal}, {@code crypto}, {@code error} and {@code model}; knows no store.
 * Invariant: what a reader hands out has been opened with its seal and found in order; damage is an error that names the place.
 */
@NullMarked
package io.holdfast.internal.run;

import org.jspecify.annotations.NullMarked;
