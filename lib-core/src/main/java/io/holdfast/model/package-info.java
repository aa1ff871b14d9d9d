// SPDX-License-Identifier: Apache-2.0
/**
 * Values that every other package speaks in: identifiers, kinds, sizes, relations.
 *
 * <p>Read {@link io.holdfast.model.ItemRef} first. Imports nothing of ours; everything may depend on it.
 */
@NullMarked
package io.holdfast.model;

import org.jspecify.annotations.NullMarked;
