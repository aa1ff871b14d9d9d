// SPDX-License-Identifier: Apache-2.0

/** Breaks the rules for single classes. */
@NullMarked
package io.holdfast.architecture.broken.shape;

import org.jspecify.annotations.NullMarked;
