// SPDX-License-Identifier: Apache-2.0
/**
 * Who is there: users of the tenant, what they have, and what the application may read.
 *
 * <p>Read {@link io.holdfast.m365.internal.directory.Directory} first. Depends on {@code internal.graph} and {@code internal.workload}.
 */
@NullMarked
package io.holdfast.m365.internal.directory;

import org.jspecify.annotations.NullMarked;
