// SPDX-License-Identifier: Apache-2.0
/**
 * The command line of the benchmarks: makes the data sets and compares Holdfast with its peers.
 *
 * <p>Read {@link io.holdfast.benchmarks.BenchmarkMain} first. Nothing depends on this module; it is never published.
 */
@NullMarked
package io.holdfast.benchmarks;

import org.jspecify.annotations.NullMarked;
