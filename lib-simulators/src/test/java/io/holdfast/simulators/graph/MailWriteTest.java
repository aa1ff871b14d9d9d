// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.exchange.HttpFields;
import io.holdfast.simulators.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Writing mail, as a restore does. */
class MailWriteTest {
    private static final String MARK = "String {00020329-0000-0000-c000-000000000046} Name mark";

    private final World world = new World();
    private final GraphClient client = world.client;
    private final String user = "/users/" + world.ada.id();
    private final String messages = world.inbox() + "/messages";

    private static Map<String, Object> property(String id, String value) {
        return Json.object("id", id, "value", value);
    }

    @Test
    void makesDraftsUnlessTheFlagsAreInTheSamePost() {
        GraphClient.Answer draft =
                client.post(messages, Json.object("subject", "draft", "receivedDateTime", "2020-01-01T00:00:00Z"));
        GraphClient.Answer received = client.post(
                messages,
                Json.object(
                        "subject",
                        "received",
                        "isRead",
                        true,
                        "singleValueExtendedProperties",
                        List.of(
                                property("Integer 0x0E07", "4"),
                                property("SystemTime 0x0E06", "2020-01-01T00:00:00Z"),
                                property("SystemTime 0x0039", "2019-12-31T23:59:00.0000000Z"))));

        assertThat(draft.status()).isEqualTo(201);
        assertThat(draft.json())
                .containsEntry("isDraft", true)
                .doesNotContainEntry("receivedDateTime", "2020-01-01T00:00:00Z");
        assertThat(received.json())
                .containsEntry("isDraft", false)
                .containsEntry("isRead", true)
                .containsEntry("receivedDateTime", "2020-01-01T00:00:00Z")
                .containsEntry("sentDateTime", "2019-12-31T23:59:00Z");
        client.patch(
                user + "/messages/" + draft.text("id"),
                Json.object("singleValueExtendedProperties", List.of(property("Integer 0x0E07", "4"))));
        assertThat(client.get(user + "/messages/" + draft.text("id")).json()).containsEntry("isDraft", true);
    }

    @Test
    void findsMessagesByExtendedProperties() {
        client.post(
                messages,
                Json.object("subject", "marked", "singleValueExtendedProperties", List.of(property(MARK, "it's 7"))));
        client.post(messages, Json.object("subject", "other"));

        String filter = GraphClient.encoded(
                "singleValueExtendedProperties/Any(ep: ep/id eq '" + MARK + "' and ep/value eq 'it''s 7')");
        String expand = GraphClient.encoded(
                "singleValueExtendedProperties($filter=id eq '" + MARK + "' or id eq 'Integer 0xE07')");
        List<Map<String, Object>> found = client.get(messages + "?$filter=" + filter + "&$expand=" + expand)
                .value();

        assertThat(found).hasSize(1);
        assertThat(Json.children(found.get(0), "singleValueExtendedProperties"))
                .containsExactly(property(MARK, "it's 7"), property("Integer 0x0e07", "8"));
    }

    @Test
    void makesADraftOfMime() {
        String mime = "Subject: from MIME\r\nFrom: bob@elsewhere.example\r\n\r\nText";
        GraphClient.Answer made = client.send(
                "POST",
                messages,
                Base64.getEncoder().encode(mime.getBytes(StandardCharsets.UTF_8)),
                client.authorized().with("Content-Type", "text/plain"));

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json()).containsEntry("subject", "from MIME").containsEntry("isDraft", true);
    }

    @Test
    void refusesWhatIsWrongWithAMessage() {
        assertThat(client.post(messages, Json.object("subjekt", "x")).code()).isEqualTo("RequestBodyRead");
        assertThat(client.post(messages, Json.object("toRecipients", List.of(MessageDraft.recipient("Bob", "nowhere"))))
                        .code())
                .isEqualTo("ErrorInvalidRecipients");
        assertThat(client.post(
                                messages,
                                Json.object(
                                        "internetMessageHeaders",
                                        List.of(Json.object("name", "Received", "value", "x"))))
                        .code())
                .isEqualTo("InvalidInternetMessageHeader");
        world.mailbox.fill(true);
        assertThat(client.post(messages, Json.object("subject", "x")).code()).isEqualTo("ErrorQuotaExceeded");
    }

    @Test
    void makesFoldersOnceForEachName() {
        GraphClient.Answer made = client.post(world.inbox() + "/childFolders", Json.object("displayName", "Restored"));

        assertThat(made.status()).isEqualTo(201);
        assertThat(client.post(world.inbox() + "/childFolders", Json.object("displayName", "RESTORED"))
                        .code())
                .isEqualTo("ErrorFolderExists");
        assertThat(client.get(world.inbox() + "/childFolders").ids()).containsExactly(made.text("id"));
        assertThat(client.delete(world.inbox()).code()).isEqualTo("ErrorDeleteDistinguishedFolder");
    }

    @Test
    void changesMovesAndDeletes() {
        String id = client.post(messages, Json.object("subject", "first")).text("id");

        GraphClient.Answer changed = client.patch(
                user + "/messages/" + id,
                Json.object("subject", "second", "isRead", true, "categories", List.of("Red")));
        assertThat(changed.json())
                .containsEntry("subject", "second")
                .containsEntry("isRead", true)
                .containsEntry("categories", List.of("Red"));
        HttpFields stale =
                client.authorized().with("Content-Type", "application/json").with("If-Match", "W/\"old\"");
        assertThat(client.send("PATCH", user + "/messages/" + id, Json.bytes(Json.object("isRead", false)), stale)
                        .status())
                .isEqualTo(412);
        GraphClient.Answer moved =
                client.post(user + "/messages/" + id + "/move", Json.object("destinationId", "archive"));
        assertThat(moved.text("id")).isNotEqualTo(id);
        assertThat(client.delete(user + "/messages/" + moved.text("id")).status())
                .isEqualTo(204);
        assertThat(client.get(user + "/messages/" + moved.text("id")).status()).isEqualTo(404);
        assertThat(client.get(user + "/mailFolders/recoverableitemsdeletions/messages")
                        .value())
                .hasSize(1);
    }

    @Test
    void protectsSentMailFromTheLastDayOfTheYear() {
        GraphMessage message = world.mailbox.inbox().add(MessageDraft.of("received"));
        String path = user + "/messages/" + message.id();
        assertThat(client.patch(path, Json.object("subject", "changed")).status())
                .isEqualTo(200);
        world.time.sleep(Duration.ofDays(60));
        client.signIn();

        assertThat(client.patch(path, Json.object("subject", "again")).code()).isEqualTo("ErrorAccessDenied");
        assertThat(client.patch(path, Json.object("isRead", true)).status()).isEqualTo(200);
    }

    @Test
    void takesLargeAttachmentsInRanges() {
        String id = client.post(messages, Json.object("subject", "large")).text("id");
        byte[] content = new byte[5 << 20];
        Arrays.fill(content, (byte) 'x');
        Map<String, Object> item = Json.object("attachmentType", "file", "name", "large.bin", "size", content.length);
        GraphClient.Answer session = client.post(
                user + "/messages/" + id + "/attachments/createUploadSession", Json.object("AttachmentItem", item));
        String url = session.text("uploadUrl");
        int half = 3 << 20;

        GraphClient.Answer first = put(url, content, 0, half);
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.json()).containsEntry("nextExpectedRanges", List.of(String.valueOf(half)));
        assertThat(put(url, content, 0, half).status()).isEqualTo(416);
        GraphClient.Answer last = put(url, content, half, content.length);
        assertThat(last.status()).isEqualTo(201);
        assertThat(last.body()).isEmpty();
        String location = last.fields().first("Location").orElseThrow();
        String attachment = location.substring(location.lastIndexOf("('") + 2, location.length() - 2);
        assertThat(client.get(user + "/messages/" + id + "/attachments/" + attachment + "/$value")
                        .body())
                .isEqualTo(content);
        assertThat(put(url, content, half, content.length).status()).isEqualTo(404);
        assertThat(world.simulator.ledger().violations()).isEmpty();
    }

    private GraphClient.Answer put(String url, byte[] content, int from, int to) {
        return client.send(
                "PUT",
                url,
                Arrays.copyOfRange(content, from, to),
                HttpFields.none().with("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + content.length));
    }

    @Test
    void wantsSmallAttachmentsAtOnceAndLargeOnesInRanges() {
        String attachments = user + "/messages/"
                + client.post(messages, Json.object("subject", "x")).text("id") + "/attachments";
        Map<String, Object> small =
                Json.object("@odata.type", "#microsoft.graph.fileAttachment", "name", "s", "contentBytes", "AQID");
        Map<String, Object> large = Json.object(
                "@odata.type",
                "#microsoft.graph.fileAttachment",
                "name",
                "l",
                "contentBytes",
                Base64.getEncoder().encodeToString(new byte[3 << 20]));

        assertThat(client.post(attachments, small).status()).isEqualTo(201);
        assertThat(client.post(attachments, large).code()).isEqualTo("ErrorAttachmentSizeLimitExceeded");
        assertThat(client.post(
                                attachments + "/createUploadSession",
                                Json.object("AttachmentItem", Json.object("name", "s", "size", 10)))
                        .code())
                .isEqualTo("ErrorAttachmentSizeShouldNotBeLessThanMinimumSize");
    }

    @Test
    void refusesMoreThanMayBeUploadedInFiveMinutes() {
        String id = client.post(messages, Json.object("subject", "large")).text("id");
        byte[] range = new byte[4 << 20];
        int refused = 0;
        for (int i = 0; i < 2 && refused == 0; i++) {
            long size = 100L << 20;
            Map<String, Object> item = Json.object("attachmentType", "file", "name", "large.bin", "size", size);
            String url = client.post(
                            user + "/messages/" + id + "/attachments/createUploadSession",
                            Json.object("AttachmentItem", item))
                    .text("uploadUrl");
            for (long from = 0; from < size && refused == 0; from += range.length) {
                refused = client.send(
                                                "PUT",
                                                url,
                                                range,
                                                HttpFields.none()
                                                        .with(
                                                                "Content-Range",
                                                                "bytes " + from + "-" + (from + range.length - 1) + "/"
                                                                        + size))
                                        .status()
                                == 429
                        ? i * 100 + (int) (from >> 20)
                        : 0;
            }
        }

        assertThat(refused).as("MiB before it was refused").isBetween(136, 143);
    }
}
