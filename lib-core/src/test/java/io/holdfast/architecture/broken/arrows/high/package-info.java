// SPDX-License-Identifier: Apache-2.0

/** May import the package below it. */
@NullMarked
package io.holdfast.architecture.broken.arrows.high;

import org.jspecify.annotations.NullMarked;
