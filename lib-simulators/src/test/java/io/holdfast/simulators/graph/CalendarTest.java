// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.holdfast.simulators.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Calendars, events, series and what is different in them. */
class CalendarTest {
    private static final String BERLIN = "W. Europe Standard Time";
    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 16);

    private final World world = new World();
    private final GraphClient client = world.client.preferringImmutableIds();
    private final String user = "/users/" + world.ada.id();
    private final GraphCalendar calendar = world.mailbox.calendar();
    private final String events = user + "/calendars/" + calendar.id() + "/events";

    /** Each Monday and Wednesday at nine in Berlin, where the clocks change at the end of March. */
    private GraphEvent series() {
        return calendar.add(EventDraft.of("Standup", MONDAY.atTime(9, 0), BERLIN, Duration.ofMinutes(15))
                .weekly(8, DayOfWeek.MONDAY, DayOfWeek.WEDNESDAY));
    }

    @Test
    void listsEventsOnceAndSeriesWithoutTheirOccurrences() {
        GraphEvent series = series();
        GraphEvent single = calendar.add(EventDraft.of("Lunch", MONDAY.atTime(12, 0), BERLIN, Duration.ofHours(1)));

        List<Map<String, Object>> listed = client.all(events).elements();

        assertThat(listed)
                .extracting(each -> each.get("id"), each -> each.get("type"))
                .containsExactlyInAnyOrder(
                        tuple(series.immutableId(), "seriesMaster"), tuple(single.immutableId(), "singleInstance"));
        assertThat(Json.child(listed.get(0), "start"))
                .containsEntry("dateTime", "2026-03-16T08:00:00.0000000")
                .containsEntry("timeZone", "UTC");
    }

    @Test
    void keepsTheHourOfASeriesWhenTheClocksChange() {
        GraphEvent series = series();

        List<Map<String, Object>> seen = client.all(events + "/" + series.immutableId()
                        + "/instances?startDateTime=2026-03-25T00:00:00Z&endDateTime=2026-03-31T00:00:00Z")
                .elements();

        assertThat(seen)
                .extracting(each -> Json.text(Json.child(each, "start"), "dateTime"))
                .containsExactly("2026-03-25T08:00:00.0000000", "2026-03-30T07:00:00.0000000");
    }

    @Test
    void tellsOfExceptionsAndCancelledOccurrencesOnlyWhoAsksForThem() {
        GraphEvent series = series();
        series.editOccurrence(MONDAY.plusDays(2), "subject", "Long standup");
        series.cancelOccurrence(MONDAY.plusDays(7));
        String id = series.immutableId();

        Map<String, Object> plain = client.get(user + "/events/" + id).json();
        Map<String, Object> asked = client.get(
                        user + "/events/" + id + "?$select=id,cancelledOccurrences&$expand=exceptionOccurrences")
                .json();

        assertThat(plain).doesNotContainKeys("cancelledOccurrences", "exceptionOccurrences");
        assertThat(asked.get("cancelledOccurrences")).isEqualTo(List.of("OID." + id + ".2026-03-23"));
        assertThat(Json.children(asked, "exceptionOccurrences"))
                .singleElement()
                .satisfies(exception -> assertThat(exception)
                        .containsEntry("subject", "Long standup")
                        .containsEntry("type", "exception")
                        .containsEntry("seriesMasterId", id)
                        .containsEntry("originalStart", "2026-03-18T08:00:00Z"));
        assertThat(client.get(events + "?$expand=exceptionOccurrences").status())
                .isEqualTo(400);
    }

    @Test
    void changesTheKeyOfASeriesWithEachOfItsOccurrences() {
        GraphEvent series = series();
        String before = client.get(user + "/events/" + series.immutableId()).text("changeKey");

        series.editOccurrence(MONDAY, "subject", "other");

        assertThat(client.get(user + "/events/" + series.immutableId()).text("changeKey"))
                .isNotEqualTo(before);
    }

    @Test
    void listsWhatWasModifiedBetweenTwoMomentsInThatOrder() {
        GraphEvent first = calendar.add(EventDraft.allDay("first", MONDAY, 1));
        GraphEvent second = calendar.add(EventDraft.allDay("second", MONDAY, 1));
        calendar.add(EventDraft.allDay("third", MONDAY, 1));
        first.edit("subject", "changed");
        String from = client.get(user + "/events/" + second.immutableId()).text("lastModifiedDateTime");
        String to = client.get(user + "/events/" + first.immutableId()).text("lastModifiedDateTime");

        List<String> found = client
                .all(events + "?$filter=lastModifiedDateTime ge " + from + " and lastModifiedDateTime le " + to
                        + "&$orderby=lastModifiedDateTime&$top=1")
                .elements()
                .stream()
                .map(each -> Json.text(each, "subject"))
                .toList();

        assertThat(found).containsExactly("second", "third", "changed");
    }

    @Test
    void makesASeriesWhoseOccurrencesCanBeChangedAndCancelled() {
        Map<String, Object> made = client.post(
                        events,
                        Json.object(
                                "subject", "Restored",
                                "start", Json.object("dateTime", "2026-03-16T09:00:00", "timeZone", BERLIN),
                                "end", Json.object("dateTime", "2026-03-16T10:00:00", "timeZone", BERLIN),
                                "recurrence",
                                        Json.object(
                                                "pattern", Json.object("type", "daily", "interval", 1),
                                                "range",
                                                        Json.object(
                                                                "type",
                                                                "noEnd",
                                                                "startDate",
                                                                "2026-03-16",
                                                                "recurrenceTimeZone",
                                                                BERLIN))))
                .json();
        String id = Json.text(made, "id");
        List<String> instances = client.get(user + "/events/" + id
                        + "/instances?startDateTime=2026-03-17T00:00:00Z&endDateTime=2026-03-19T00:00:00Z")
                .ids();

        client.patch(user + "/events/" + instances.get(0), Json.object("subject", "Changed"));
        client.delete(user + "/events/" + instances.get(1));

        GraphEvent event = calendar.events().get(0);
        assertThat(event.exceptions()).containsOnlyKeys(LocalDate.of(2026, 3, 17));
        assertThat(event.cancelled()).containsExactly(LocalDate.of(2026, 3, 18));
        assertThat(world.simulator.ledger().violations()).isEmpty();
    }

    @Test
    void notesWhateverWouldTellAnAttendee() {
        GraphEvent meeting =
                calendar.add(EventDraft.allDay("Meeting", MONDAY, 1).attendee("Bob", "bob@elsewhere.example"));

        client.patch(user + "/events/" + meeting.immutableId(), Json.object("subject", "other"));
        client.post(
                events,
                Json.object(
                        "subject", "Invitation",
                        "start", Json.object("dateTime", "2026-03-16T09:00:00", "timeZone", "UTC"),
                        "end", Json.object("dateTime", "2026-03-16T10:00:00", "timeZone", "UTC"),
                        "attendees",
                                List.of(Json.object("emailAddress", Json.object("address", "eve@elsewhere.example")))));
        client.post(user + "/events/" + meeting.immutableId() + "/accept", Json.object());

        assertThat(world.simulator.ledger().violations())
                .extracting(GraphViolation::kind)
                .contains(GraphViolation.Kind.WOULD_SEND)
                .hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void refusesAMarkOfARequestThatWasUsedBefore() {
        Map<String, Object> event = Json.object(
                "subject",
                "once",
                "transactionId",
                "a mark",
                "start",
                Json.object("dateTime", "2026-03-16T09:00:00", "timeZone", "UTC"),
                "end",
                Json.object("dateTime", "2026-03-16T10:00:00", "timeZone", "UTC"));

        assertThat(client.post(events, event).status()).isEqualTo(201);
        assertThat(client.post(events, event).code()).isEqualTo("ErrorDuplicateTransactionId");
        assertThat(calendar.events()).hasSize(1);
    }

    @Test
    void findsADeletedEventByItsIdAndInNoList() {
        GraphEvent deleted = calendar.add(EventDraft.allDay("deleted", MONDAY, 1));
        GraphEvent purged = calendar.add(EventDraft.allDay("purged", MONDAY, 1));
        deleted.delete();
        purged.purge();

        assertThat(client.all(events).elements()).isEmpty();
        assertThat(client.get(user + "/events/" + deleted.immutableId()).status())
                .isEqualTo(200);
        assertThat(client.get(user + "/events/" + purged.immutableId()).code()).isEqualTo("ErrorItemNotFound");
    }

    @Test
    void listsAttachmentsWithoutTheirBytesAndGivesThemForThemselves() {
        byte[] bytes = "agenda".getBytes(StandardCharsets.UTF_8);
        GraphEvent event = calendar.add(
                EventDraft.of("With paper", LocalDateTime.of(2026, 3, 16, 9, 0), BERLIN, Duration.ofHours(1))
                        .attach(GraphAttachment.file("agenda.txt", "text/plain", bytes)));
        String attachments = user + "/events/" + event.immutableId() + "/attachments";

        List<Map<String, Object>> listed = client.all(
                        attachments + "?$select=id,name,size,microsoft.graph.fileAttachment/contentId")
                .elements();

        assertThat(listed)
                .singleElement()
                .satisfies(each ->
                        assertThat(each).containsEntry("name", "agenda.txt").doesNotContainKey("contentBytes"));
        assertThat(client.get(attachments + "/" + listed.get(0).get("id") + "/$value")
                        .body())
                .isEqualTo(bytes);
    }

    @Test
    void tellsCalendarsOfOthersApartByTheirOwner() {
        GraphUser bob = world.tenant.addUser("bob", "Bob Example");
        world.mailbox.addCalendar("Bob's", bob);

        assertThat(client.all(user + "/calendars").elements())
                .extracting(
                        each -> Json.text(Json.child(each, "owner"), "address"), each -> each.get("isDefaultCalendar"))
                .containsExactly(tuple("ada@contoso.example", true), tuple("bob@contoso.example", false));
    }
}
