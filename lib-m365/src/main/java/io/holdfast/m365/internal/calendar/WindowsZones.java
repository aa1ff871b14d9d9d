// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.calendar;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The zones of the tz database behind the names that Exchange gives time zones; immutable. */
final class WindowsZones {
    private static final String TABLE = "windows-zones.txt";

    private final Map<String, ZoneId> zones;

    private WindowsZones(Map<String, ZoneId> zones) {
        this.zones = zones;
    }

    /** Reads the table that ships with the connector. */
    static WindowsZones load() {
        Map<String, ZoneId> zones = new HashMap<>();
        InputStream table = Objects.requireNonNull(WindowsZones.class.getResourceAsStream(TABLE), TABLE);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))) {
            lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("=", 2))
                    .forEach(pair -> known(pair[1]).ifPresent(zone -> zones.put(pair[0], zone)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new WindowsZones(zones);
    }

    /**
     * Finds a zone by its name at Exchange, which may also be one of the tz database.
     *
     * @return empty for zones that somebody made up in a client, and for names that nobody knows
     */
    Optional<ZoneId> find(String name) {
        ZoneId zone = zones.get(name);
        if (zone != null) {
            return Optional.of(zone);
        }
        return name.equals("tzone://Microsoft/Utc") ? Optional.of(ZoneId.of("Etc/UTC")) : known(name);
    }

    private static Optional<ZoneId> known(String id) {
        try {
            return Optional.of(ZoneId.of(id));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
