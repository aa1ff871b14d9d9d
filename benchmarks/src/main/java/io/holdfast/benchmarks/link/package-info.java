// SPDX-License-Identifier: Apache-2.0
/**
 * A store in a bucket behind a slow path: what of the link packs get, and how many requests the engine makes.
 *
 * <p>Read {@link io.holdfast.benchmarks.link.LinkBenchmark} first. Depends on the public API only.
 */
@NullMarked
package io.holdfast.benchmarks.link;

import org.jspecify.annotations.NullMarked;
