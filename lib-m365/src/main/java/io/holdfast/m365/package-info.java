// SPDX-License-Identifier: Apache-2.0
/**
 * Microsoft 365 as a source, and as a place to restore to, through Microsoft Graph v1.0.
 *
 * <p>Read {@link io.holdfast.m365.Microsoft365} first. Inside, {@code internal.graph} is the wire, {@code internal.identity} the tokens,
 * {@code internal.directory} who is there, {@code internal.workload} what all workloads share, and each workload has a package of its own. A workload
 * is added by implementing {@code TenantWorkload} and naming it in {@link io.holdfast.m365.M365Workload}: all it sends goes through the one
 * {@code GraphClient} that it is given, one {@code GraphCall} for each request. {@code internal.mail} is the example to follow.
 *
 * <p>Depends on the core, on {@code io.holdfast.http} for its transport, on MSAL4J for tokens and on Jackson.
 */
@NullMarked
package io.holdfast.m365;

import org.jspecify.annotations.NullMarked;
