// SPDX-License-Identifier: Apache-2.0
/**
 * JMH benchmarks of the engine's inner loops: cutting, splitting, sealing, packing, sorted runs.
 *
 * <p>Read {@link io.holdfast.benchmarks.micro.ChunkerBenchmark} first. Uses the engine's internal packages, which is why
 * this module runs on the class path.
 */
@NullMarked
package io.holdfast.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
