// SPDX-License-Identifier: Apache-2.0
/**
 * Decides whether and when a failed operation is tried again.
 *
 * <p>Read {@link io.holdfast.retry.RetryPolicy} first. Depends on {@code model}, {@code error} and {@code runtime};
 * {@code source}, {@code store} and the engine depend on it.
 */
@NullMarked
package io.holdfast.retry;

import org.jspecify.annotations.NullMarked;
