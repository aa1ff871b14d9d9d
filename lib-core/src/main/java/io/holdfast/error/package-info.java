// SPDX-License-Identifier: Apache-2.0
/**
 * The family of errors that the SDK throws, and the codes that name their causes.
 *
 * <p>Read {@link io.holdfast.error.HoldfastException} first. Depends on {@code model} only; everything may depend on it.
 */
@NullMarked
package io.holdfast.error;

import org.jspecify.annotations.NullMarked;
