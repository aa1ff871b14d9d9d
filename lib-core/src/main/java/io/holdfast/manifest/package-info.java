// SPDX-License-Identifier: Apache-2.0
/**
 * The list of a resource's items at one moment: the {@link io.holdfast.manifest.Manifest} SPI and its entries.
 *
 * <p>Read {@link io.holdfast.manifest.Manifest} first. Depends on {@code model} and {@code error}; {@code repository} and the engine
 * depend on it. The default implementation, a stack of
 * sorted runs, is hidden in the engine.
 */
@NullMarked
package io.holdfast.manifest;

import org.jspecify.annotations.NullMarked;
