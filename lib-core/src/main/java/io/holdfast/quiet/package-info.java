// SPDX-License-Identifier: Apache-2.0
/**
 * When a service is at leisure: learned from its answers by the hour of the week, and used to propose when sessions start.
 *
 * <p>Read {@link io.holdfast.quiet.QuietWindows} first. Depends on {@code internal.varint}, {@code model} and {@code error}; hosts and the engine depend on it.
 */
@NullMarked
package io.holdfast.quiet;

import org.jspecify.annotations.NullMarked;
