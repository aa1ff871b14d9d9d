// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

/**
 * What workloads share.
 *
 * @param habits the habits of lists and change tracking
 * @param pages lists that are paged by counting
 * @param rounds change tracking
 * @param transfers addresses that carry their own permission
 * @param turnstile the limits
 * @param books where a workload notes what a client must not do
 */
record Workbench(
        Habits habits, Pages pages, DeltaRounds rounds, Transfers transfers, Turnstile turnstile, Books books) {}
