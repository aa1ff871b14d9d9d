// SPDX-License-Identifier: Apache-2.0
/**
 * Microsoft Graph on the wire: requests, pages, batches, errors and limits, the same for every workload.
 *
 * <p>Read {@link io.holdfast.m365.internal.graph.GraphClient} first, then {@link io.holdfast.m365.internal.graph.GraphCall}. Depends on the core
 * and on Jackson; knows no workload.
 */
@NullMarked
package io.holdfast.m365.internal.graph;

import org.jspecify.annotations.NullMarked;
