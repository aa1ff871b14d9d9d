// SPDX-License-Identifier: Apache-2.0
/**
 * Numbers in as few bytes as they need, for what is learned and kept.
 *
 * <p>There is {@link io.holdfast.internal.varint.Varints} alone. Depends on nothing of ours; {@code health}, {@code quiet} and {@code drift}
 * depend on it. The repository
 * format has readers and writers of its own, which fail with its errors.
 */
@NullMarked
package io.holdfast.internal.varint;

import org.jspecify.annotations.NullMarked;
