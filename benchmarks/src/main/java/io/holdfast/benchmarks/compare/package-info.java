// SPDX-License-Identifier: Apache-2.0
/**
 * The end-to-end comparison: runs Holdfast and its peers in turn over one data set and reports ratios.
 *
 * <p>Read {@link io.holdfast.benchmarks.compare.Comparison} first. Depends on the package {@code sets} and on the JDK;
 * Holdfast itself is started as a process, exactly as its peers are.
 */
@NullMarked
package io.holdfast.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
