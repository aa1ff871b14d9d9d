// SPDX-License-Identifier: Apache-2.0
/**
 * Dumb bytes under names: the {@link io.holdfast.store.ObjectStore} SPI, its decorators, and a store in memory.
 *
 * <p>Read {@link io.holdfast.store.ObjectStore} first. Depends on {@code model}, {@code error}, {@code runtime} and {@code retry}; never
 * meets {@code source}.
 */
@NullMarked
package io.holdfast.store;

import org.jspecify.annotations.NullMarked;
