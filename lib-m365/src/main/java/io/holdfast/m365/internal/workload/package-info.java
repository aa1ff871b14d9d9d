// SPDX-License-Identifier: Apache-2.0
/**
 * What a workload is: one service's data of a tenant, such as mail or drives, with its resources, feeds, contents and restores.
 *
 * <p>Read {@link io.holdfast.m365.internal.workload.TenantWorkload} first. Depends on the core and on {@code internal.graph}; knows no workload by
 * name.
 */
@NullMarked
package io.holdfast.m365.internal.workload;

import org.jspecify.annotations.NullMarked;
