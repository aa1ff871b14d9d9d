// SPDX-License-Identifier: Apache-2.0
/**
 * A file system in memory that knows what a power loss takes away, and fails on purpose.
 *
 * <p>Read {@link io.holdfast.storage.posix.simdisk.SimDisk} first. For tests of the POSIX store only.
 */
@NullMarked
package io.holdfast.storage.posix.simdisk;

import org.jspecify.annotations.NullMarked;
