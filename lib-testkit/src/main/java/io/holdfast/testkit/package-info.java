// SPDX-License-Identifier: Apache-2.0
/**
 * What tests need: a contract kit per SPI, a source in memory, simulated time, randomness from a seed, and a store that fails on purpose.
 *
 * <p>Read {@link io.holdfast.testkit.ObjectStoreContract} or {@link io.holdfast.testkit.SourceConnectorContract} first: a kit is an abstract
 * class that a test extends with a factory, and it brings all cases. What an implementation cannot do is said by its capabilities, or by
 * overriding a method; a kit that finds nothing wrong with a broken implementation has a bug of its own, and the tests of this module show of
 * each rule that it finds one. May depend on everything that the core exports; nothing but tests depends on it.
 */
@NullMarked
package io.holdfast.testkit;

import org.jspecify.annotations.NullMarked;
