// SPDX-License-Identifier: Apache-2.0

/**
 * The rules that keep the code in shape, and the proof that each of them bites.
 *
 * <p>Read {@link io.holdfast.architecture.Arrows} first. The packages below {@code broken} break one rule each.
 */
@NullMarked
package io.holdfast.architecture;

import org.jspecify.annotations.NullMarked;
