// SPDX-License-Identifier: Apache-2.0
/**
 * Shows a host's monitoring what Holdfast does.
 *
 * <p>Read {@link io.holdfast.micrometer.HoldfastMeters} first. Depends on {@code pacing}, {@code retry}, {@code identity}, {@code health}, {@code drift},
 * {@code observe} and {@code model} of the core; nothing depends on it but applications.
 */
@NullMarked
package io.holdfast.micrometer;

import org.jspecify.annotations.NullMarked;
