// SPDX-License-Identifier: Apache-2.0
/**
 * Microsoft Graph v1.0, simulated: tenants with state behind an API that behaves, counts and fails as the real one does.
 *
 * <p>Read {@link io.holdfast.simulators.graph.GraphSimulator} first, then {@link io.holdfast.simulators.graph.GraphTenant}, whose accounts, folders and
 * messages tests make and change. Faults of single requests are {@link io.holdfast.simulators.graph.FaultRule}s, habits of lists are
 * {@link io.holdfast.simulators.graph.FeedHabit}s, and what was asked is in the {@link io.holdfast.simulators.graph.GraphLedger}.
 *
 * <p>A request passes {@code Desk}: path, token, role, limit ({@code Turnstile}), fault ({@code Faults}), and then the operation of a {@code Workload},
 * which runs while its tenant is locked. Parts of a batch pass the same stations. To add a workload, such as drives:
 *
 * <ol>
 *   <li>give its state a class of its own, guarded by the tenant ({@code synchronized (tenant)} in public methods), and hang it on {@code GraphTenant} or
 *       {@code GraphUser};
 *   <li>write a class that implements {@code Workload} and adds its operations to {@code Routes}, by service, roles and price; an operation takes a
 *       {@code Call}, gives a {@code Reply} ({@code call.entity}, {@code Call.reply}) and throws {@code GraphError};
 *   <li>page lists by {@code Pages} or {@code TokenPages}, track changes by a {@code DeltaRounds.Feed}, and give out addresses that carry their own
 *       permission by {@code Transfers};
 *   <li>add it to {@code Workloads}, and its permissions to {@code Roles}.
 * </ol>
 *
 * <p>Depends on the core's public packages and on {@link io.holdfast.simulators.http}.
 */
@NullMarked
package io.holdfast.simulators.graph;

import org.jspecify.annotations.NullMarked;
