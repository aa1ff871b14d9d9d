// SPDX-License-Identifier: Apache-2.0

/** Is on no map. */
@NullMarked
package io.holdfast.architecture.broken.arrows.stray;

import org.jspecify.annotations.NullMarked;
