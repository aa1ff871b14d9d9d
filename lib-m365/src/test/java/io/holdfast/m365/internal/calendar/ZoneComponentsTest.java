// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VTimezone;
import biweekly.io.ICalTimeZone;
import biweekly.io.TimezoneAssignment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

/** Zones by the names of Windows, and as components of iCalendar. */
final class ZoneComponentsTest {
    /** In summer the clocks go forward by half an hour there; the judge takes a whole one for granted. */
    private static final ZoneId HALF_AN_HOUR = ZoneId.of("Australia/Lord_Howe");

    private final WindowsZones zones = WindowsZones.load();

    private static List<String> names() throws IOException {
        try (InputStream table = Objects.requireNonNull(WindowsZones.class.getResourceAsStream("windows-zones.txt"))) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.substring(0, line.indexOf('=')))
                    .toList();
        }
    }

    @Test
    void knowsEachZoneOfItsTable() throws IOException {
        assertThat(names())
                .hasSizeGreaterThan(135)
                .allSatisfy(name -> assertThat(zones.find(name)).isPresent());
        assertThat(zones.find("W. Europe Standard Time")).contains(ZoneId.of("Europe/Berlin"));
        assertThat(zones.find("Europe/Zurich")).contains(ZoneId.of("Europe/Zurich"));
        assertThat(zones.find("Customized Time Zone")).isEmpty();
    }

    /** The judge is off by hours on the very days of the changes, so that it is asked about all other days, and the changes are read. */
    @Test
    void describesEachZoneAsTheClocksGoInIt() throws IOException {
        for (String name : names()) {
            ZoneId zone = zones.find(name).orElseThrow();
            if (zone.equals(HALF_AN_HOUR)) {
                continue;
            }
            ICalTimeZone described = new ICalTimeZone(ZoneComponents.of(zone, LocalDateTime.of(2024, 5, 1, 9, 0)));
            for (int day = 0; day < 12 * 366; day++) {
                Instant at = Instant.parse("2024-05-01T12:00:00Z").plus(Duration.ofDays(day));
                if (isQuiet(zone, at)) {
                    assertThat(described.getOffset(at.toEpochMilli()))
                            .as("%s, %s at %s", name, zone, at)
                            .isEqualTo(zone.getRules().getOffset(at).getTotalSeconds() * 1000);
                }
            }
        }
    }

    private static boolean isQuiet(ZoneId zone, Instant at) {
        Duration around = Duration.ofDays(2);
        return zone.getRules()
                .getOffset(at.minus(around))
                .equals(zone.getRules().getOffset(at.plus(around)));
    }

    @Test
    void changesTheClocksAtTheHourThatTheZoneDoes() {
        ICalendar calendar = new ICalendar();
        VTimezone berlin = ZoneComponents.of(ZoneId.of("Europe/Berlin"), LocalDateTime.of(2026, 3, 16, 9, 0));
        calendar.getTimezoneInfo()
                .setDefaultTimezone(new TimezoneAssignment(TimeZone.getTimeZone("Europe/Berlin"), berlin));

        assertThat(Biweekly.write(calendar).go())
                .contains(
                        "DTSTART:20260329T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3")
                .contains(
                        "DTSTART:20261025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10");
    }
}
