// SPDX-License-Identifier: Apache-2.0

/** Helps itself to time, chance and threads. */
@NullMarked
package io.holdfast.architecture.broken.ambient;

import org.jspecify.annotations.NullMarked;
