// SPDX-License-Identifier: Apache-2.0
/**
 * Lets a host bring the retry policies that it has configured with Failsafe.
 *
 * <p>Read {@link io.holdfast.failsafe.FailsafePolicies} first. Depends on {@code retry} of the core; nothing depends on it but
 * applications.
 */
@NullMarked
package io.holdfast.failsafe;

import org.jspecify.annotations.NullMarked;
