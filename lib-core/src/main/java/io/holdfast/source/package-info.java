// SPDX-License-Identifier: Apache-2.0
/**
 * The SPI of services that are backed up: discover resources, feed changes, fetch content, take items back.
 *
 * <p>Read {@link io.holdfast.source.SourceConnector} first, then {@link io.holdfast.source.Source}. Depends on {@code model}, {@code error},
 * {@code runtime} and {@code retry}; never meets {@code store}. The engine owns paging, parallelism, retries, checkpoints and accounting.
 */
@NullMarked
package io.holdfast.source;

import org.jspecify.annotations.NullMarked;
