// SPDX-License-Identifier: Apache-2.0
/**
 * The engine in process: a source with a change feed whose items lie in memory, so that only the engine is measured.
 *
 * <p>Read {@link io.holdfast.benchmarks.feed.FeedSource} first. Depends on the public API and on the packages
 * {@code sets} and {@code link}.
 */
@NullMarked
package io.holdfast.benchmarks.feed;

import org.jspecify.annotations.NullMarked;
