// SPDX-License-Identifier: Apache-2.0

/** May import nothing, and imports the package above it. */
@NullMarked
package io.holdfast.architecture.broken.arrows.low;

import org.jspecify.annotations.NullMarked;
