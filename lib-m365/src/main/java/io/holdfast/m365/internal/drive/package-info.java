// SPDX-License-Identifier: Apache-2.0
/**
 * Drives: the OneDrive of each user and the document libraries of sites, followed by delta, read from download URLs, written by upload sessions.
 *
 * <p>Read {@link io.holdfast.m365.internal.drive.DriveWorkload} first. Depends on the core, on {@code internal.graph} and on
 * {@code internal.workload}.
 */
@NullMarked
package io.holdfast.m365.internal.drive;

import org.jspecify.annotations.NullMarked;
