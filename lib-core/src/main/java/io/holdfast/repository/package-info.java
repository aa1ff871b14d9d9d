// SPDX-License-Identifier: Apache-2.0
/**
 * What a repository tells of itself: snapshots, failures, differences, damage, sizes; values only.
 *
 * <p>Read {@link io.holdfast.repository.Snapshot} first. Depends on {@code manifest}, {@code model} and {@code error};
 * the engine and hosts depend on it.
 */
@NullMarked
package io.holdfast.repository;

import org.jspecify.annotations.NullMarked;
