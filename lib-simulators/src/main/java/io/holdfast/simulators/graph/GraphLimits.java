// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import java.time.Duration;

/**
 * How much the services allow; each kind of limit stands for itself.
 *
 * @param mailboxRequests requests for each app and mailbox in ten minutes
 * @param mailboxAtOnce requests for each app and mailbox at the same time
 * @param mailboxUpload bytes written for each app and mailbox in five minutes
 * @param driveUnits resource units of SharePoint for each app and tenant in a minute
 * @param driveUnitsPerDay the same in 24 hours
 * @param directoryUnits resource units of the directory for each app and tenant in ten seconds
 */
public record GraphLimits(
        long mailboxRequests,
        int mailboxAtOnce,
        long mailboxUpload,
        long driveUnits,
        long driveUnitsPerDay,
        long directoryUnits) {
    static final Duration MAILBOX_WINDOW = Duration.ofMinutes(10);
    static final Duration UPLOAD_WINDOW = Duration.ofMinutes(5);
    static final Duration DRIVE_WINDOW = Duration.ofMinutes(1);
    static final Duration DRIVE_DAY = Duration.ofDays(1);
    static final Duration DIRECTORY_WINDOW = Duration.ofSeconds(10);

    /** Checks that each is more than zero. */
    public GraphLimits {
        long least = Math.min(
                Math.min(Math.min(mailboxRequests, mailboxAtOnce), Math.min(mailboxUpload, driveUnits)),
                Math.min(driveUnitsPerDay, directoryUnits));
        if (least < 1) {
            throw new IllegalArgumentException("a limit is " + least + "; each must be at least 1");
        }
    }

    /**
     * Those that Microsoft published in 2026 for tenants of less than fifty users and up to a thousand licences.
     *
     * @return the limits
     */
    public static GraphLimits published() {
        return new GraphLimits(10_000, 4, 150_000_000, 1_250, 1_200_000, 3_500);
    }

    /**
     * No limits.
     *
     * @return what nobody reaches
     */
    public static GraphLimits none() {
        return new GraphLimits(
                Long.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /**
     * The same with other limits of mailboxes.
     *
     * @param requests for each app and mailbox in ten minutes
     * @param atOnce for each app and mailbox at the same time
     * @return other limits
     */
    public GraphLimits withMailbox(long requests, int atOnce) {
        return new GraphLimits(requests, atOnce, mailboxUpload, driveUnits, driveUnitsPerDay, directoryUnits);
    }

    /**
     * The same with other limits of drives.
     *
     * @param units for each app and tenant in a minute
     * @param unitsPerDay for each app and tenant in 24 hours
     * @return other limits
     */
    public GraphLimits withDrives(long units, long unitsPerDay) {
        return new GraphLimits(mailboxRequests, mailboxAtOnce, mailboxUpload, units, unitsPerDay, directoryUnits);
    }
}
