// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.drive;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * The name of the part that holds an earlier version of a file, such as {@code version/3.0@2026-01-31T12:00:00Z}: with the time, which a restore gives
 * back.
 *
 * @param id the version's id, such as {@code 3.0}
 * @param modified when the content was changed to it
 */
record VersionName(String id, Optional<Instant> modified) {
    private static final String START = "version/";

    static boolean isOne(String partName) {
        return partName.startsWith(START);
    }

    static VersionName parse(String partName) {
        String rest = partName.substring(START.length());
        int at = rest.lastIndexOf('@');
        if (at < 0) {
            return new VersionName(rest, Optional.empty());
        }
        try {
            return new VersionName(rest.substring(0, at), Optional.of(Instant.parse(rest.substring(at + 1))));
        } catch (DateTimeParseException e) {
            return new VersionName(rest, Optional.empty());
        }
    }

    @Override
    public String toString() {
        return START + id + modified.map(time -> "@" + time).orElse("");
    }
}
