// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.exchange.HttpFields;
import io.holdfast.simulators.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Asks for each operation on calendars and contacts once. With the system property {@code holdfast.graph.calendar.transcript} all exchanges are written to
 * the file that it names, so that requests and answers can be held against the published contract.
 */
class EveryCalendarRouteTest {
    private static final List<String> KINDS =
            List.of("calendar.", "event.", "eventAttachment.", "contact.", "contactFolder.");
    private static final String BERLIN = "W. Europe Standard Time";

    private final World world = new World();
    private final String user = "/users/" + world.ada.id();

    private static Optional<Transcript> transcript() throws IOException {
        String file = System.getProperty("holdfast.graph.calendar.transcript");
        return file == null ? Optional.empty() : Optional.of(new Transcript(Path.of(file)));
    }

    @Test
    void answersEachOperation() throws IOException {
        GraphClient client = new GraphClient(world.simulator, world.tenant, transcript())
                .with("Prefer", "IdType=\"ImmutableId\", odata.maxpagesize=2")
                .signIn();
        calendars(client);
        series(client);
        contacts(client);

        Set<String> missing = new TreeSet<>(world.simulator.operations());
        missing.removeIf(each -> KINDS.stream().noneMatch(each::startsWith));
        assertThat(missing).hasSizeGreaterThan(25);
        missing.removeAll(world.simulator.ledger().operations().keySet());
        assertThat(missing).isEmpty();
    }

    private static Map<String, Object> event(String subject) {
        return Json.object(
                "subject", subject,
                "body", Json.object("contentType", "html", "content", "<p>Hello</p>"),
                "start", Json.object("dateTime", "2026-03-16T09:00:00", "timeZone", BERLIN),
                "end", Json.object("dateTime", "2026-03-16T10:00:00", "timeZone", BERLIN));
    }

    private void calendars(GraphClient client) {
        client.all(user + "/calendars?$top=100");
        client.get(user + "/calendar");
        String made =
                client.post(user + "/calendars", Json.object("name", "Team")).text("id");
        client.get(user + "/calendars/" + made);
        String events = user + "/calendars/" + made + "/events";
        String event = client.post(events, event("Lunch")).text("id");
        client.all(events
                + "?$select=id,subject,changeKey,lastModifiedDateTime,start,end&$orderby=lastModifiedDateTime&$top=2");
        client.get(
                events
                        + "?$filter=lastModifiedDateTime ge 2020-01-01T00:00:00Z and lastModifiedDateTime le 2030-01-01T00:00:00Z&$top=5");
        client.get(user + "/events/" + event);
        client.get(user + "/events/" + event + "?$expand=attachments");
        client.get(user + "/calendars/" + made
                + "/calendarView?startDateTime=2026-03-01T00:00:00Z&endDateTime=2026-04-01T00:00:00Z");
        client.patch(user + "/events/" + event, Json.object("subject", "Dinner"));
        attachments(client, user + "/events/" + event + "/attachments");
        client.post(user + "/events/" + event + "/accept", Json.object("sendResponse", false));
        client.delete(user + "/events/" + event);
        client.get(user + "/events/" + event + "x");
        client.delete(user + "/calendars/" + made);
    }

    private void attachments(GraphClient client, String attachments) {
        String attachment = client.post(
                        attachments,
                        Json.object(
                                "@odata.type", "#microsoft.graph.fileAttachment",
                                "name", "agenda.txt",
                                "contentType", "text/plain",
                                "contentBytes", "YWdlbmRh"))
                .text("id");
        client.get(attachments + "?$select=id,name,contentType,size,isInline,microsoft.graph.fileAttachment/contentId");
        client.get(attachments + "/" + attachment);
        client.get(attachments + "/" + attachment + "/$value");
        String upload = client.post(
                        attachments + "/createUploadSession",
                        Json.object(
                                "AttachmentItem",
                                Json.object("attachmentType", "file", "name", "film.mp4", "size", 3_500_000)))
                .text("uploadUrl");
        byte[] film = new byte[3_500_000];
        client.send(
                "PUT",
                upload,
                film,
                HttpFields.none()
                        .with("Content-Type", "application/octet-stream")
                        .with("Content-Range", "bytes 0-" + (film.length - 1) + "/" + film.length));
    }

    private void series(GraphClient client) {
        LocalDate monday = LocalDate.of(2026, 3, 16);
        GraphEvent series = world.mailbox
                .calendar()
                .add(EventDraft.of("Standup", monday.atTime(9, 0), BERLIN, Duration.ofMinutes(15))
                        .html("<p>Each of us</p>")
                        .attendee("Bob", "bob@elsewhere.example")
                        .attach(GraphAttachment.file("a.txt", "text/plain", "abc".getBytes(StandardCharsets.UTF_8)))
                        .weekly(8, DayOfWeek.MONDAY));
        series.editOccurrence(monday.plusDays(7), "subject", "Long standup");
        series.cancelOccurrence(monday.plusDays(14));
        String event = user + "/events/" + series.immutableId();
        client.get(event);
        client.get(event + "?$select=id,changeKey,cancelledOccurrences&$expand=exceptionOccurrences");
        client.get(
                event
                        + "/instances?startDateTime=2026-03-20T00:00:00Z&endDateTime=2026-04-20T00:00:00Z&$select=id,start,type");
        client.get(user + "/calendarView?startDateTime=2026-03-20T00:00:00Z&endDateTime=2026-04-20T00:00:00Z");
    }

    private void contacts(GraphClient client) {
        GraphContactFolder contacts = world.mailbox.contacts();
        GraphContact grace = contacts.add("Grace Hopper", "grace@elsewhere.example");
        grace.edit("homeAddress", Json.object("street", "1 Main St", "city", "Arlington"));
        client.get(user + "/contactFolders/contacts");
        client.all(user + "/contactFolders/delta");
        String folder = client.post(user + "/contactFolders", Json.object("displayName", "Friends"))
                .text("id");
        client.post(user + "/contactFolders/" + folder + "/childFolders", Json.object("displayName", "Close"));
        client.all(user + "/contactFolders");
        client.all(user + "/contactFolders/" + folder + "/childFolders");
        String in = user + "/contactFolders/" + contacts.id() + "/contacts";
        String link = client.all(in + "/delta?$select=id,changeKey,displayName").deltaLink();
        String made = client.post(in, Json.object("displayName", "Alan Turing", "birthday", "1912-06-23T00:00:00Z"))
                .text("id");
        client.patch(user + "/contacts/" + made, Json.object("jobTitle", "Mathematician"));
        client.get(user + "/contacts/" + made);
        client.get(user + "/contacts/" + made + "/photo/$value");
        client.send(
                "PUT",
                user + "/contacts/" + made + "/photo/$value",
                new byte[] {1, 2, 3},
                client.authorized().with("Content-Type", "image/jpeg"));
        client.get(user + "/contacts/" + made + "/photo/$value");
        client.get(user + "/contacts/" + made + "/photo");
        client.all(in + "?$orderby=lastModifiedDateTime&$top=1");
        client.delete(user + "/contacts/" + grace.immutableId());
        client.all(link);
    }
}
