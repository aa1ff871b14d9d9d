// SPDX-License-Identifier: Apache-2.0
/**
 * The engines: from a source's changes to a committed snapshot, and from a snapshot to a target.
 *
 * <p>Read {@link io.holdfast.internal.pipeline.BackupEngine} first, then {@code ResourceRun}. May use {@code source}, {@code internal.repository},
 * {@code internal.split} and {@code observe}; only the root package uses it.
 */
@NullMarked
package io.holdfast.internal.pipeline;

import org.jspecify.annotations.NullMarked;
