// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.util.com.google.ical.compat.javautil.DateIterator;
import io.holdfast.m365.internal.workload.Parts;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ResourceId;
import io.holdfast.source.Part;
import io.holdfast.source.RestoreItem;
import io.holdfast.source.SourceItem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

/** Events as iCalendar. */
final class EventRendererTest {
    private static final String SERIES = """
            {"id":"M1","iCalUId":"UID-1","type":"seriesMaster","subject":"Standup; daily, short","lastModifiedDateTime":"2026-01-02T03:04:05.1234567Z",
             "start":{"dateTime":"2026-03-16T08:00:00.0000000","timeZone":"UTC"},"end":{"dateTime":"2026-03-16T08:15:00.0000000","timeZone":"UTC"},
             "originalStartTimeZone":"W. Europe Standard Time","isReminderOn":true,"reminderMinutesBeforeStart":15,"showAs":"free","sensitivity":"private",
             "recurrence":{"pattern":{"type":"weekly","interval":1,"daysOfWeek":["monday","wednesday"],"firstDayOfWeek":"sunday"},
              "range":{"type":"endDate","startDate":"2026-03-16","endDate":"2026-04-06","recurrenceTimeZone":"W. Europe Standard Time"}},
             "body":{"contentType":"html","content":"<html><body><p>Hello <b>all</b></p><div>one<br>two</div></body></html>"},
             "location":{"displayName":"Room 1"},"categories":["Red","Blue, dark"],
             "organizer":{"emailAddress":{"name":"Ada","address":"ada@contoso.example"}},
             "attendees":[{"type":"optional","status":{"response":"accepted"},"emailAddress":{"name":"Bob, Jr.","address":"bob@contoso.example"}}]}
            """;
    private static final String DIFFERENT = """
            {"cancelledOccurrences":["OID.M1.2026-03-18"],
             "exceptionOccurrences":[{"id":"X1","subject":"Long","originalStart":"2026-03-30T07:00:00Z",
              "start":{"dateTime":"2026-03-30T12:00:00.0000000","timeZone":"UTC"},"end":{"dateTime":"2026-03-30T13:00:00.0000000","timeZone":"UTC"}}]}
            """;

    private static ICalendar rendered(Part... parts) throws IOException {
        return Biweekly.parse(text(parts)).first();
    }

    private static String text(Part... parts) throws IOException {
        SourceItem item = new SourceItem(
                new ItemKey("M1"),
                EventItems.EVENT,
                List.of(),
                "Standup",
                SourceItem.Tags.none(),
                Optional.empty(),
                -1,
                SourceItem.Metadata.none(),
                List.of());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new EventRenderer(EventItems.EVENT, new EventTimes(WindowsZones.load()))
                .render(
                        new RestoreItem(
                                new ResourceId("calendar:ada"), item, List.of(), "0".repeat(32), Arrays.asList(parts)),
                        out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Part json(String name, String text) {
        return Parts.json(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> moments(VEvent event, String zone) {
        DateIterator dates = event.getDateIterator(TimeZone.getTimeZone(zone));
        List<String> moments = new ArrayList<>();
        while (dates.hasNext() && moments.size() < 100) {
            moments.add(Instant.ofEpochMilli(dates.next().getTime()).toString());
        }
        return moments;
    }

    @Test
    void repeatsASeriesAtTheHourOfItsZoneWithoutWhatWasCancelled() throws IOException {
        ICalendar calendar = rendered(json("event", SERIES), json("series", DIFFERENT));

        assertThat(moments(calendar.getEvents().get(0), "Europe/Berlin"))
                .containsExactly(
                        "2026-03-16T08:00:00Z",
                        "2026-03-23T08:00:00Z",
                        "2026-03-25T08:00:00Z",
                        "2026-03-30T07:00:00Z",
                        "2026-04-01T07:00:00Z",
                        "2026-04-06T07:00:00Z");
        assertThat(text(json("event", SERIES))).contains("TZID:Europe/Berlin");
    }

    @Test
    void givesAnExceptionAsAnEventOfItsOwn() throws IOException {
        VEvent exception = rendered(json("event", SERIES), json("series", DIFFERENT))
                .getEvents()
                .get(1);

        assertThat(exception.getUid().getValue()).isEqualTo("UID-1");
        assertThat(exception.getSummary().getValue()).isEqualTo("Long");
        assertThat(exception.getRecurrenceId().getValue().toInstant()).isEqualTo(Instant.parse("2026-03-30T07:00:00Z"));
        assertThat(exception.getDateStart().getValue().toInstant()).isEqualTo(Instant.parse("2026-03-30T12:00:00Z"));
    }

    @Test
    void saysWhoWhereAndWhatInBothForms() throws IOException {
        VEvent event = rendered(json("event", SERIES)).getEvents().get(0);

        assertThat(event.getSummary().getValue()).isEqualTo("Standup; daily, short");
        assertThat(event.getDescription().getValue()).isEqualTo("Hello all\none\ntwo");
        assertThat(event.getExperimentalProperty("X-ALT-DESC").getValue()).contains("<b>all</b>");
        assertThat(event.getLocation().getValue()).isEqualTo("Room 1");
        assertThat(event.getCategories().get(0).getValues()).containsExactly("Red", "Blue, dark");
        assertThat(event.getOrganizer().getEmail()).isEqualTo("ada@contoso.example");
        assertThat(event.getAttendees()).singleElement().satisfies(attendee -> {
            assertThat(attendee.getCommonName()).isEqualTo("Bob, Jr.");
            assertThat(attendee.getEmail()).isEqualTo("bob@contoso.example");
            assertThat(attendee.getParticipationStatus().getValue()).isEqualTo("ACCEPTED");
        });
        assertThat(event.getClassification().getValue()).isEqualTo("PRIVATE");
        assertThat(event.getTransparency().isTransparent()).isTrue();
        assertThat(event.getAlarms()).hasSize(1);
    }

    @Test
    void keepsWholeDaysFreeOfZones() throws IOException {
        String text = text(json("event", """
                {"id":"D1","iCalUId":"UID-2","subject":"Fair","isAllDay":true,"originalStartTimeZone":"Tokyo Standard Time",
                 "start":{"dateTime":"2026-03-16T00:00:00.0000000","timeZone":"UTC"},"end":{"dateTime":"2026-03-18T00:00:00.0000000","timeZone":"UTC"}}
                """));

        assertThat(text)
                .contains("DTSTART;VALUE=DATE:20260316", "DTEND;VALUE=DATE:20260318")
                .doesNotContain("VTIMEZONE");
    }

    @Test
    void takesTheLastDayOfShortMonthsAsExchangeDoes() throws IOException {
        VEvent event = rendered(json("event", """
                        {"id":"M2","iCalUId":"UID-3","subject":"Rent","originalStartTimeZone":"UTC",
                         "start":{"dateTime":"2026-01-31T09:00:00.0000000","timeZone":"UTC"},"end":{"dateTime":"2026-01-31T10:00:00.0000000","timeZone":"UTC"},
                         "recurrence":{"pattern":{"type":"absoluteMonthly","interval":1,"dayOfMonth":31},
                          "range":{"type":"numbered","startDate":"2026-01-31","numberOfOccurrences":4}}}
                        """)).getEvents().get(0);

        assertThat(moments(event, "UTC"))
                .containsExactly(
                        "2026-01-31T09:00:00Z", "2026-02-28T09:00:00Z", "2026-03-31T09:00:00Z", "2026-04-30T09:00:00Z");
    }

    @Test
    void holdsSmallAttachments() throws IOException {
        VEvent event = rendered(
                        json("event", "{\"id\":\"M3\",\"iCalUId\":\"UID-4\",\"subject\":\"With paper\"}"),
                        json("attachments", "[{\"eventId\":\"M3\",\"name\":\"a.txt\",\"contentType\":\"text/plain\"}]"),
                        Parts.file("attachment/0", new byte[] {1, 2, 3}))
                .getEvents()
                .get(0);

        assertThat(event.getAttachments()).singleElement().satisfies(attachment -> {
            assertThat(attachment.getData()).containsExactly(1, 2, 3);
            assertThat(attachment.getFormatType()).isEqualTo("text/plain");
        });
    }

    @Test
    void givesTheSameBytesEachTime() throws IOException {
        assertThat(text(json("event", SERIES), json("series", DIFFERENT)))
                .isEqualTo(text(json("event", SERIES), json("series", DIFFERENT)));
    }
}
