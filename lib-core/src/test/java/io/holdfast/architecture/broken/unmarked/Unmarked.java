// SPDX-License-Identifier: Apache-2.0
package io.holdfast.architecture.broken.unmarked;

/** Lives where nobody said that null is unusual. */
record Unmarked() {}
