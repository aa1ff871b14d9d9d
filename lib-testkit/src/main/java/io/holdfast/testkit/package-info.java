// SPDX-License-Identifier: Apache-2.0
/**
 * What tests need: a contract kit per SPI, simulated time, randomness from a seed, and a store that fails on purpose.
 *
 * <p>Read {@link io.holdfast.testkit.ObjectStoreContract} first: a kit is an abstract class that a test extends with a factory, and it
 * brings all cases. May depend on everything that the core exports; nothing but tests depends on it.
 */
@NullMarked
package io.holdfast.testkit;

import org.jspecify.annotations.NullMarked;
