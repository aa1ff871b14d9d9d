// SPDX-License-Identifier: Apache-2.0
/**
 * What services answer that they never answered before: codes, values of enumerations, fields, types.
 *
 * <p>Read {@link io.holdfast.drift.DriftWatch} first. Depends on {@code internal.varint}, {@code runtime}, {@code model} and
 * {@code error}; connectors tell it what they see.
 */
@NullMarked
package io.holdfast.drift;

import org.jspecify.annotations.NullMarked;
