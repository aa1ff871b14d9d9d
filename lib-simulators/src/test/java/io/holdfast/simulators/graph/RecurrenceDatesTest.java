// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.simulators.json.Json;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The days of patterns. */
class RecurrenceDatesTest {
    private static List<String> days(Map<String, Object> pattern, String start, int count) {
        return new RecurrenceDates(Json.object(
                        "pattern",
                        pattern,
                        "range",
                        Json.object("type", "numbered", "startDate", start, "numberOfOccurrences", count)))
                .until(LocalDate.of(2040, 1, 1)).stream()
                        .map(LocalDate::toString)
                        .toList();
    }

    @Test
    void takesTheLastDayOfAMonthThatIsTooShort() {
        assertThat(days(Json.object("type", "absoluteMonthly", "interval", 1, "dayOfMonth", 31), "2026-01-31", 3))
                .containsExactly("2026-01-31", "2026-02-28", "2026-03-31");
    }

    @Test
    void countsWeeksFromTheirFirstDay() {
        Map<String, Object> everyOtherWeek = Json.object(
                "type", "weekly", "interval", 2, "daysOfWeek", List.of("monday", "sunday"), "firstDayOfWeek", "monday");
        assertThat(days(everyOtherWeek, "2026-03-16", 4))
                .containsExactly("2026-03-16", "2026-03-22", "2026-03-30", "2026-04-05");
    }

    @Test
    void findsTheLastWorkingDayOfAMonth() {
        Map<String, Object> lastWorkday = Json.object(
                "type",
                "relativeMonthly",
                "interval",
                1,
                "index",
                "last",
                "daysOfWeek",
                List.of("monday", "tuesday", "wednesday", "thursday", "friday"));
        assertThat(days(lastWorkday, "2026-01-01", 3)).containsExactly("2026-01-30", "2026-02-27", "2026-03-31");
    }

    @Test
    void goesThroughYears() {
        assertThat(days(
                        Json.object("type", "absoluteYearly", "interval", 1, "month", 2, "dayOfMonth", 29),
                        "2024-02-29",
                        3))
                .containsExactly("2024-02-29", "2025-02-28", "2026-02-28");
        assertThat(days(
                        Json.object(
                                "type",
                                "relativeYearly",
                                "interval",
                                1,
                                "month",
                                11,
                                "index",
                                "fourth",
                                "daysOfWeek",
                                List.of("thursday")),
                        "2026-01-01",
                        2))
                .containsExactly("2026-11-26", "2027-11-25");
    }

    @Test
    void refusesASeriesWithoutAnOccurrence() {
        assertThatThrownBy(() -> days(Json.object("type", "daily", "interval", 1), "2026-01-01", 0))
                .isInstanceOf(GraphError.class);
    }
}
