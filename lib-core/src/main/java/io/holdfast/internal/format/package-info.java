// SPDX-License-Identifier: Apache-2.0
/**
 * What stands in the repository's objects, as records, and the pure codecs between them and bytes; no I/O.
 *
 * <p>Read {@link io.holdfast.internal.format.SnapshotRecord} first. Depends on {@code internal.digest}, {@code manifest}, {@code model} and {@code error}; FORMAT.md is its
 * normative text.
 */
@NullMarked
package io.holdfast.internal.format;

import org.jspecify.annotations.NullMarked;
