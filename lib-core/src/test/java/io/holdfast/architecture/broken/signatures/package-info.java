// SPDX-License-Identifier: Apache-2.0

/** Shows a library to its callers. */
@NullMarked
package io.holdfast.architecture.broken.signatures;

import org.jspecify.annotations.NullMarked;
