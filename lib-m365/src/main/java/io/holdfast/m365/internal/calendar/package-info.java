// SPDX-License-Identifier: Apache-2.0
/**
 * Calendars of Exchange as a workload: series, their exceptions and cancelled occurrences, single events, attachments, and the way back without an
 * invitation.
 *
 * <p>Read {@link io.holdfast.m365.internal.calendar.CalendarWorkload} first. Depends on the core, on {@code internal.graph} and
 * {@code internal.workload}; biweekly and jsoup are used here alone.
 */
@NullMarked
package io.holdfast.m365.internal.calendar;

import org.jspecify.annotations.NullMarked;
