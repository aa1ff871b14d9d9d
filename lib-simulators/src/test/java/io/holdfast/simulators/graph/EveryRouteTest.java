// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.exchange.HttpFields;
import io.holdfast.simulators.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Asks for each operation on directory and mail once. With the system property {@code holdfast.graph.transcript} all exchanges are written to the file that it names, so that
 * requests and answers can be held against the published contract.
 */
class EveryRouteTest {
    private static final List<String> KINDS = List.of(
            "user.",
            "group.",
            "organization.",
            "subscribedSku.",
            "invitation.",
            "mail.",
            "mailFolder.",
            "message.",
            "attachment.",
            "mailboxSettings.",
            "messageRule.",
            "outlookCategory.");

    private final World world = new World();
    private final String user = "/users/" + world.ada.id();

    private static Optional<Transcript> transcript() throws IOException {
        String file = System.getProperty("holdfast.graph.transcript");
        return file == null ? Optional.empty() : Optional.of(new Transcript(Path.of(file)));
    }

    @Test
    void answersEachOperation() throws IOException {
        world.tenant.consent(GraphApp.of(GraphClient.APP, GraphClient.SECRET, everything()));
        GraphClient client = new GraphClient(world.simulator, world.tenant, transcript())
                .with("Prefer", "IdType=\"ImmutableId\", odata.maxpagesize=2")
                .signIn();
        directory(client);
        folders(client);
        messages(client);
        writes(client);
        settings(client);
        batch(client);

        Set<String> missing = new TreeSet<>(world.simulator.operations());
        missing.removeIf(each -> KINDS.stream().noneMatch(each::startsWith));
        assertThat(missing).hasSizeGreaterThan(40);
        missing.removeAll(world.simulator.ledger().operations().keySet());
        assertThat(missing).isEmpty();
    }

    private static Set<String> everything() {
        Set<String> roles = new TreeSet<>(GraphApp.MAIL_ROLES);
        roles.addAll(Set.of("Mail.Send", "User.Invite.All"));
        return roles;
    }

    private void directory(GraphClient client) {
        GraphGroup group = world.tenant.addGroup("team", "Team", true);
        group.add(world.ada);
        GraphUser bob = world.tenant.addUser("bob", "Bob Example");
        world.tenant.addUser("guest", "A Guest", UserKind.GUEST);
        world.tenant.addUser("room", "Board Room", UserKind.ROOM);
        String link = client.all("/users/delta?$select=displayName,accountEnabled,userType")
                .deltaLink();
        bob.remove();
        client.all(link);
        client.all(
                "/users?$select=id,displayName,userPrincipalName,mail,accountEnabled,userType,assignedPlans,assignedLicenses,proxyAddresses,onPremisesSyncEnabled,createdDateTime&$top=2");
        client.get(user);
        client.get("/users/nobody@contoso.example");
        client.get("/directory/deletedItems/microsoft.graph.user");
        client.get("/groups?$filter=groupTypes/any(c:c eq 'Unified')");
        client.get("/groups/" + group.id());
        client.get("/groups/" + group.id() + "/members");
        client.get("/organization");
        client.get("/subscribedSkus");
        client.post(
                "/invitations",
                Json.object(
                        "invitedUserEmailAddress",
                        "eve@elsewhere.example",
                        "inviteRedirectUrl",
                        "https://contoso.example"));
    }

    private void folders(GraphClient client) {
        world.mailbox.folder("msgfolderroot").addSearchFolder("Unread", "isRead eq false", true);
        client.all(user + "/mailFolders?includeHiddenFolders=true&$top=3");
        String link = client.all(user + "/mailFolders/delta").deltaLink();
        String made = client.post(user + "/mailFolders", Json.object("displayName", "Restored"))
                .text("id");
        String nested = client.post(
                        user + "/mailFolders/" + made + "/childFolders", Json.object("displayName", "Nested"))
                .text("id");
        client.get(user + "/mailFolders/" + made + "/childFolders");
        client.patch(user + "/mailFolders/" + nested, Json.object("displayName", "Renamed"));
        client.post(user + "/mailFolders/" + nested + "/move", Json.object("destinationId", "inbox"));
        client.get(user + "/mailFolders/inbox");
        client.delete(user + "/mailFolders/" + made);
        client.all(link);
    }

    private void messages(GraphClient client) {
        GraphFolder inbox = world.mailbox.inbox();
        world.fill(inbox, 5);
        GraphMessage message = inbox.add(MessageDraft.of("with attachments")
                .from("Bob", "bob@elsewhere.example")
                .html("<p>Hi</p>")
                .header("X-Mark", "1")
                .category("Red")
                .attach(GraphAttachment.file("a.txt", "text/plain", "abc".getBytes(StandardCharsets.UTF_8)))
                .attach(GraphAttachment.item(
                        "inner",
                        MessageDraft.of("inner")
                                .from("Eve", "eve@elsewhere.example")
                                .sentAt(world.time.now())))
                .attach(GraphAttachment.reference("plan.docx")));
        inbox.add(MessageDraft.of("Meeting").set("@odata.type", "#microsoft.graph.eventMessageRequest"));
        String link = client.all(world.inbox() + "/messages/delta").deltaLink();
        client.all(world.inbox()
                + "/messages/delta?$select=subject,isRead&$filter=receivedDateTime ge 2026-01-01T00:00:00Z");
        inbox.messages().get(3).markRead(true);
        inbox.messages().get(4).delete();
        message.flag();
        client.all(link);
        client.all(world.inbox() + "/messages?$top=3&$expand=attachments&$orderby=receivedDateTime desc");
        client.get(user + "/messages?$filter=isRead eq true&$count=true");
        String path = user + "/messages/" + message.immutableId();
        client.get(path + "?$select=subject,internetMessageHeaders,body");
        client.get(path + "?$expand=singleValueExtendedProperties($filter=id eq 'Integer 0x0E07')");
        client.get(path + "/$value");
        for (String id : client.all(path + "/attachments").ids()) {
            client.get(path + "/attachments/" + id);
            client.get(path + "/attachments/" + id + "?$expand=microsoft.graph.itemattachment/item");
            client.get(path + "/attachments/" + id + "/$value");
        }
        client.post(
                user + "/translateExchangeIds",
                Json.object(
                        "inputIds",
                        List.of(message.id()),
                        "sourceIdType",
                        "restId",
                        "targetIdType",
                        "restImmutableEntryId"));
        client.post(path + "/forward", Json.object("comment", "fyi"));
    }

    private void writes(GraphClient client) {
        String id = client.post(
                        world.inbox() + "/messages",
                        Json.object(
                                "subject", "restored",
                                "body", Json.object("contentType", "html", "content", "<p>Hi</p>"),
                                "toRecipients", List.of(MessageDraft.recipient("Eve", "eve@elsewhere.example")),
                                "singleValueExtendedProperties",
                                        List.of(Json.object("id", "Integer 0x0E07", "value", "4"))))
                .text("id");
        String path = user + "/messages/" + id;
        client.patch(
                path,
                Json.object(
                        "isRead", true, "categories", List.of("Red"), "flag", Json.object("flagStatus", "flagged")));
        client.post(
                path + "/attachments",
                Json.object("@odata.type", "#microsoft.graph.fileAttachment", "name", "s.txt", "contentBytes", "AQID"));
        String attachment =
                client.get(path + "/attachments?$select=id,name,size").ids().get(0);
        client.delete(path + "/attachments/" + attachment);
        byte[] content = new byte[10 * 327_680];
        String url = client.post(
                        path + "/attachments/createUploadSession",
                        Json.object(
                                "AttachmentItem",
                                Json.object("attachmentType", "file", "name", "l.bin", "size", content.length)))
                .text("uploadUrl");
        client.send(
                "PUT",
                url,
                content,
                HttpFields.none().with("Content-Range", "bytes 0-" + (content.length - 1) + "/" + content.length));
        client.post(path + "/move", Json.object("destinationId", "archive"));
        client.delete(path);
        String other =
                client.post(user + "/messages", Json.object("subject", "draft")).text("id");
        client.post(user + "/messages/" + other + "/permanentDelete", Json.object());
        client.get(user + "/messages/" + other);
    }

    private void settings(GraphClient client) {
        client.get(user + "/mailboxSettings");
        client.get(user + "/mailboxSettings/userPurpose");
        client.patch(user + "/mailboxSettings", Json.object("timeZone", "UTC"));
        String rules = world.inbox() + "/messageRules";
        String rule = client.post(
                        rules,
                        Json.object(
                                "displayName",
                                "Rule",
                                "sequence",
                                1,
                                "isEnabled",
                                true,
                                "conditions",
                                Json.object("senderContains", List.of("bob")),
                                "actions",
                                Json.object("markAsRead", true)))
                .text("id");
        client.get(rules);
        client.get(rules + "/" + rule);
        client.patch(rules + "/" + rule, Json.object("displayName", "Other"));
        client.delete(rules + "/" + rule);
        String categories = user + "/outlook/masterCategories";
        String category = client.post(categories, Json.object("displayName", "Red", "color", "preset0"))
                .text("id");
        client.get(categories);
        client.get(categories + "/" + category);
        client.patch(categories + "/" + category, Json.object("color", "preset1"));
        client.delete(categories + "/" + category);
    }

    private void batch(GraphClient client) {
        client.post(
                "/$batch",
                Json.object(
                        "requests",
                        List.of(
                                Json.object("id", "1", "method", "GET", "url", world.inbox()),
                                Json.object(
                                        "id",
                                        "2",
                                        "method",
                                        "GET",
                                        "url",
                                        world.inbox() + "/messages?$select=subject&$top=2"),
                                Json.object("id", "3", "method", "GET", "url", "/users/nobody"))));
    }
}
