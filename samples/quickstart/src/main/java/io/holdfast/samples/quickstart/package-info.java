// SPDX-License-Identifier: Apache-2.0
/**
 * The shortest program that backs something up, changes it, and brings it back.
 *
 * <p>Read {@link io.holdfast.samples.quickstart.Quickstart} first. Nothing depends on it.
 */
@NullMarked
package io.holdfast.samples.quickstart;

import org.jspecify.annotations.NullMarked;
