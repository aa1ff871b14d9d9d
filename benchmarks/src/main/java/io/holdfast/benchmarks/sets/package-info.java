// SPDX-License-Identifier: Apache-2.0
/**
 * Deterministic data sets: mails, a drive of large files, tiny records, and the next day of each.
 *
 * <p>Read {@link io.holdfast.benchmarks.sets.DataSet} first. Depends on the JDK only; every byte follows from the
 * seed, so that two machines compare the same input.
 */
@NullMarked
package io.holdfast.benchmarks.sets;

import org.jspecify.annotations.NullMarked;
