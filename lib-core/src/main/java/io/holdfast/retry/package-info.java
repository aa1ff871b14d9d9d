// SPDX-License-Identifier: Apache-2.0
/**
 * Decides whether and when a failed operation is tried again, and when it is better not even tried.
 *
 * <p>Read {@link io.holdfast.retry.RetryPolicy} first, then {@link io.holdfast.retry.Breakers}. Depends on {@code model}, {@code error},
 * {@code runtime} and, for the scopes that breakers stand before, {@code pacing};
 * {@code source}, {@code store} and the engine depend on it.
 */
@NullMarked
package io.holdfast.retry;

import org.jspecify.annotations.NullMarked;
