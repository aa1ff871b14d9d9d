// SPDX-License-Identifier: Apache-2.0
/**
 * How a process of one's own lives with Holdfast.
 *
 * <p>Read {@link io.holdfast.samples.embedding.FirstSteps} for the shape of the API, then {@link io.holdfast.samples.embedding.Host} for a
 * process that runs for long: one runtime, several repositories, progress, an orderly stop. Nothing depends on it.
 */
@NullMarked
package io.holdfast.samples.embedding;

import org.jspecify.annotations.NullMarked;
