// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.simulators.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Reading mail. */
class MailTest {
    private final World world = new World();
    private final GraphFolder inbox = world.mailbox.inbox();
    private final GraphClient client = world.client;
    private final String user = "/users/" + world.ada.id();

    @Test
    void listsFoldersLevelByLevelAndTracksTheWholeTree() {
        GraphFolder projects = inbox.addFolder("Projects");
        GraphFolder nested = projects.addFolder("Projects");
        GraphFolder hidden = inbox.addHiddenFolder("Hidden");

        assertThat(client.all(user + "/mailFolders").ids())
                .contains(inbox.id())
                .doesNotContain(projects.id(), hidden.id());
        assertThat(client.get(world.inbox() + "/childFolders").ids()).containsExactly(projects.id());
        assertThat(client.get(world.inbox() + "/childFolders?includeHiddenFolders=true")
                        .ids())
                .containsExactly(projects.id(), hidden.id());
        GraphClient.Round tree = client.all(user + "/mailFolders/delta");
        assertThat(tree.ids()).contains(inbox.id(), projects.id(), nested.id()).doesNotContain(hidden.id());
        projects.remove();
        assertThat(client.all(tree.deltaLink()).removed()).containsExactlyInAnyOrder(projects.id(), nested.id());
    }

    @Test
    void namesFoldersInTheLanguageOfTheTenant() {
        GraphTenant german = GraphTenant.builder(world.time, "fabrikam.example")
                .language("de")
                .seed(2)
                .build();
        GraphMailbox mailbox = german.addUser("eva", "Eva Beispiel").mailbox();

        assertThat(mailbox.inbox()).hasToString("Posteingang");
    }

    @Test
    void missesAnElementWhenSomethingIsDeletedWhileItLists() {
        world.fill(inbox, 25);
        List<String> all = inbox.messages().stream().map(GraphMessage::id).toList();
        GraphClient.Answer first = client.get(world.inbox() + "/messages?$top=10&$select=subject");
        inbox.messages().get(3).delete();

        GraphClient.Round rest = client.all(first.text("@odata.nextLink"));

        assertThat(rest.ids()).hasSize(14);
        assertThat(all.get(10)).isNotIn(first.ids()).isNotIn(rest.ids());
    }

    @Test
    void shiftsAPageByItselfAsTold() {
        world.fill(inbox, 25);
        world.simulator.behave(Set.of(FeedHabit.PAGE_SHIFT));

        assertThat(client.all(world.inbox() + "/messages").ids()).hasSize(24);
    }

    @Test
    void filtersAndOrders() {
        world.fill(inbox, 5);
        GraphMessage third = inbox.messages().get(2);
        third.markRead(true);
        String since = client.get(user + "/messages/" + third.id()).text("receivedDateTime");

        assertThat(client.get(world.inbox() + "/messages?$filter=receivedDateTime gt " + since)
                        .ids())
                .hasSize(2);
        assertThat(client.get(world.inbox() + "/messages?$filter=isRead eq true")
                        .ids())
                .containsExactly(third.id());
        assertThat(client.get(world.inbox() + "/messages?$orderby=receivedDateTime&$top=1")
                        .ids())
                .containsExactly(inbox.messages().get(4).id());
        assertThat(client.get(world.inbox() + "/messages?$filter=nonsense").status())
                .isEqualTo(400);
        assertThat(client.get(user + "/messages?$count=true&$top=2").json()).containsEntry("@odata.count", 5);
    }

    @Test
    void keepsImmutableIdsAndChangesOthersWhenAMessageMoves() {
        world.fill(inbox, 1);
        GraphMessage message = inbox.messages().get(0);
        String old = message.id();
        message.move(world.mailbox.folder("archive"));

        assertThat(client.get(user + "/messages/" + old).code()).isEqualTo("ErrorItemNotFound");
        assertThat(client.get(user + "/messages/" + message.id()).status()).isEqualTo(200);
        assertThat(client.get(user + "/messages/" + message.immutableId()).code())
                .isEqualTo("ErrorInvalidIdMalformed");
        GraphClient immutable = world.anotherClient().preferringImmutableIds();
        assertThat(immutable.get(user + "/messages/" + message.immutableId()).text("id"))
                .isEqualTo(message.immutableId());
        String wrongCase = old.toLowerCase(Locale.ROOT);
        assertThat(client.get(user + "/messages/" + wrongCase).code()).isEqualTo("ErrorInvalidIdMalformed");
    }

    @Test
    void translatesIds() {
        world.fill(inbox, 1);
        GraphMessage message = inbox.messages().get(0);
        GraphClient.Answer answer = client.post(
                user + "/translateExchangeIds",
                Json.object(
                        "inputIds",
                        List.of(message.id(), "nonsense"),
                        "sourceIdType",
                        "restId",
                        "targetIdType",
                        "restImmutableEntryId"));

        assertThat(answer.value().get(0)).containsEntry("targetId", message.immutableId());
        assertThat(answer.value().get(1)).containsKey("errorDetails");
    }

    @Test
    void findsFoldersByName() {
        GraphFolder projects = inbox.addFolder("Projects");
        inbox.addFolder("Other");

        assertThat(client.get(world.inbox() + "/childFolders?$filter=displayName eq 'projects'")
                        .ids())
                .containsExactly(projects.id());
        assertThat(client.get(world.inbox() + "/childFolders?$filter=size gt 3").status())
                .isEqualTo(400);
    }

    @Test
    void rendersMimeAnewForEachReading() {
        GraphMessage message = inbox.add(MessageDraft.of("Grüße")
                .from("Bob", "bob@elsewhere.example")
                .html("<p>Hi</p>")
                .attach(GraphAttachment.file("a.txt", "text/plain", "content".getBytes(StandardCharsets.UTF_8)))
                .attach(GraphAttachment.item("inner", MessageDraft.of("inner").text("within"))));

        String first = new String(
                client.get(user + "/messages/" + message.id() + "/$value").body(), StandardCharsets.UTF_8);
        String second = new String(
                client.get(user + "/messages/" + message.id() + "/$value").body(), StandardCharsets.UTF_8);

        assertThat(first)
                .contains("Subject: =?utf-8?B?", "message/rfc822", "Y29udGVudA==")
                .isNotEqualTo(second);
        assertThat(first.replaceAll("_\\w+_", "")).isEqualTo(second.replaceAll("_\\w+_", ""));
        MessageDraft read = MessageDraft.fromMime(first.getBytes(StandardCharsets.UTF_8));
        assertThat(read.properties()).containsEntry("subject", "Grüße");
        assertThat(read.attachments()).extracting(GraphAttachment::name).containsExactly("a.txt", "inner");
        assertThat(read.attachments().get(0).bytes()).asString().isEqualTo("content");
    }

    @Test
    void takesAMessageAsItCameOverTheWire() {
        byte[] mime =
                ("From: \"Bob\" <bob@elsewhere.example>\r\nTo: ada@contoso.example, \"Eve, the third\" <eve@contoso.example>\r\n"
                                + "Subject: =?iso-8859-1?Q?Gr=FC=DFe?=\r\nDate: Mon, 2 Nov 2026 09:00:00 +0100\r\nMessage-ID: <1@elsewhere.example>\r\n"
                                + "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nplain\r\n--b\r\n"
                                + "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<b>=C3=BC</b>\r\n--b--\r\n")
                        .getBytes(StandardCharsets.UTF_8);
        GraphMessage message = inbox.add(MessageDraft.fromMime(mime));

        GraphClient.Answer answer = client.get(user + "/messages/" + message.id());

        assertThat(answer.text("subject")).isEqualTo("Grüße");
        assertThat(answer.text("receivedDateTime")).isEqualTo("2026-11-02T08:00:00Z");
        assertThat(Json.child(answer.json(), "body"))
                .containsEntry("contentType", "html")
                .containsEntry("content", "<b>ü</b>");
        assertThat(Json.children(answer.json(), "toRecipients")).hasSize(2);
        assertThat(client.get(user + "/messages/" + message.id() + "/$value").body())
                .isEqualTo(mime);
    }

    @Test
    void givesAttachmentsInAllKinds() {
        GraphMessage message = inbox.add(MessageDraft.of("with attachments")
                .attach(GraphAttachment.file("a.bin", "application/octet-stream", new byte[] {1, 2, 3}))
                .attach(GraphAttachment.file("empty", "text/plain", new byte[0]))
                .attach(GraphAttachment.file("logo.png", "image/png", new byte[] {9})
                        .inline("logo"))
                .attach(GraphAttachment.item("inner", MessageDraft.of("inner").from("Bob", "bob@elsewhere.example")))
                .attach(GraphAttachment.reference("plan.docx")));
        String attachments = user + "/messages/" + message.id() + "/attachments";

        List<Map<String, Object>> all = client.get(attachments).value();

        assertThat(all)
                .extracting(each -> each.get("@odata.type"))
                .containsExactly(
                        "#microsoft.graph.fileAttachment",
                        "#microsoft.graph.fileAttachment",
                        "#microsoft.graph.fileAttachment",
                        "#microsoft.graph.itemAttachment",
                        "#microsoft.graph.referenceAttachment");
        assertThat(all.get(0))
                .containsEntry("contentBytes", Base64.getEncoder().encodeToString(new byte[] {1, 2, 3}))
                .containsEntry("size", 173);
        assertThat(all.get(2)).containsEntry("isInline", true).containsEntry("contentId", "logo");
        assertThat(client.get(attachments + "?$select=id,name").value().get(0))
                .containsOnlyKeys("@odata.type", "@odata.mediaContentType", "id", "name");
        assertThat(client.get(attachments + "/" + all.get(0).get("id") + "/$value")
                        .body())
                .containsExactly(1, 2, 3);
        GraphClient.Answer item =
                client.get(attachments + "/" + all.get(3).get("id") + "?$expand=microsoft.graph.itemAttachment/item");
        assertThat(Json.child(item.json(), "item")).containsEntry("subject", "inner");
        assertThat(client.get(attachments + "/" + all.get(3).get("id") + "/$value")
                        .body())
                .asString()
                .contains("Subject: inner");
        assertThat(client.get(attachments + "/" + all.get(4).get("id") + "/$value")
                        .status())
                .isEqualTo(405);
        assertThat(client.get(user + "/messages?$expand=attachments").value().get(0))
                .containsKey("attachments");
    }

    @Test
    void failsForASingleAttachmentOrMessage() {
        GraphMessage message = inbox.add(MessageDraft.of("damaged")
                .attach(GraphAttachment.file("good", "text/plain", new byte[1]))
                .attach(GraphAttachment.file("bad", "text/plain", new byte[1])));
        message.spoilAttachment("bad");
        String attachments = user + "/messages/" + message.id() + "/attachments";
        List<String> ids = client.get(attachments + "?$select=id").ids();

        assertThat(client.get(attachments).code()).isEqualTo("ErrorCannotOpenFileAttachment");
        assertThat(client.get(attachments + "/" + ids.get(0)).status()).isEqualTo(200);
        assertThat(client.get(attachments + "/" + ids.get(1) + "/$value").code())
                .isEqualTo("ErrorCannotOpenFileAttachment");
        message.spoil(MessageFlaw.CORRUPT);
        assertThat(client.get(user + "/messages/" + message.id()).code()).isEqualTo("ErrorCorruptData");
        message.spoil(MessageFlaw.NO_MIME);
        assertThat(client.get(user + "/messages/" + message.id()).status()).isEqualTo(200);
        assertThat(client.get(user + "/messages/" + message.id() + "/$value").code())
                .isEqualTo("ErrorMimeContentConversionFailed");
        message.spoil(MessageFlaw.VANISHED);
        assertThat(client.get(world.inbox() + "/messages").ids()).containsExactly(message.id());
        assertThat(client.get(user + "/messages/" + message.id()).code()).isEqualTo("ErrorItemNotFound");
    }

    @Test
    void doesNotComeInTimeWithTooMuchOfJson() {
        byte[] large = new byte[14 << 20];
        for (int i = 0; i < 3; i++) {
            inbox.add(MessageDraft.of("large " + i)
                    .attach(GraphAttachment.file("large.bin", "application/octet-stream", large)));
        }
        String path = user + "/messages/" + inbox.messages().get(0).id() + "/attachments";

        assertThat(client.get(world.inbox() + "/messages?$expand=attachments&$top=3")
                        .status())
                .isEqualTo(504);
        assertThat(client.all(world.inbox() + "/messages?$expand=attachments&$top=2")
                        .ids())
                .hasSize(3);
        inbox.messages()
                .get(0)
                .attach(GraphAttachment.file("huge.bin", "application/octet-stream", new byte[38 << 20]));
        String huge = client.get(path + "?$select=id").ids().get(1);
        assertThat(client.get(path).status()).isEqualTo(504);
        assertThat(client.get(path + "/" + huge).status()).isEqualTo(504);
        assertThat(client.get(path + "/" + huge + "/$value").body()).hasSize(38 << 20);
    }

    @Test
    void showsWhatASearchFolderFinds() {
        world.fill(inbox, 3);
        inbox.messages().get(0).markRead(true);
        GraphFolder unread = world.mailbox.folder("msgfolderroot").addSearchFolder("Unread", "isRead eq false", true);

        assertThat(client.get(user + "/mailFolders/" + unread.id()).text("@odata.type"))
                .isEqualTo("#microsoft.graph.mailSearchFolder");
        assertThat(client.get(user + "/mailFolders/" + unread.id() + "/messages")
                        .ids())
                .hasSize(2);
        assertThat(client.get(user + "/mailFolders/" + unread.id() + "/messages/delta")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void readsSettingsRulesAndCategories() {
        world.mailbox.addRule("From Bob", "bob@", world.mailbox.folder("archive"));
        world.mailbox.addCategory("Red", "preset0");
        world.mailbox.answerAutomatically("Away");

        assertThat(client.get(user + "/mailboxSettings").text("userPurpose")).isEqualTo("user");
        assertThat(Json.child(client.get(user + "/mailboxSettings").json(), "automaticRepliesSetting"))
                .containsEntry("status", "alwaysEnabled");
        assertThat(client.get(world.inbox() + "/messageRules").value().get(0)).containsEntry("displayName", "From Bob");
        assertThat(client.get(user + "/outlook/masterCategories").value().get(0))
                .containsEntry("color", "preset0");
    }
}
