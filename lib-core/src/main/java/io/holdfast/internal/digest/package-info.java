// SPDX-License-Identifier: Apache-2.0
/**
 * The hash that names and compares stored bytes.
 *
 * <p>Read {@link io.holdfast.internal.digest.Sha256}. Every internal package may use it; it uses none.
 */
@NullMarked
package io.holdfast.internal.digest;

import org.jspecify.annotations.NullMarked;
