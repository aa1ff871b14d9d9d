// SPDX-License-Identifier: Apache-2.0
/**
 * The whole engine on simulated time, over a scripted source and a faulty store, from one seed.
 *
 * <p>Read {@link io.holdfast.testkit.simulation.Simulation} first.
 */
@NullMarked
package io.holdfast.testkit.simulation;

import org.jspecify.annotations.NullMarked;
