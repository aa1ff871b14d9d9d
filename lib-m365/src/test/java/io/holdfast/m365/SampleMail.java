// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import io.holdfast.simulators.graph.GraphAttachment;
import io.holdfast.simulators.graph.GraphFolder;
import io.holdfast.simulators.graph.GraphMailbox;
import io.holdfast.simulators.graph.GraphUser;
import io.holdfast.simulators.graph.MessageDraft;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Fills a mailbox: each sort of message in turn, in each of its folders. */
final class SampleMail {
    /** Over this an attachment needs an upload of its own. */
    private static final int LARGE = (3 << 20) + 300_001;

    private final GraphUser user;
    private final GraphMailbox mailbox;
    private final Random random;
    private int made;

    SampleMail(GraphUser user, Random random) {
        this.user = user;
        this.mailbox = user.mailbox();
        this.random = random;
    }

    void fill(int messages) {
        List<GraphFolder> folders = folders();
        mailbox.addCategory("Wichtig", "preset0");
        mailbox.addCategory("Später", "preset7");
        mailbox.addRule("Rechnungen", "billing@elsewhere.example", folders.get(2));
        for (; mailbox.size() < messages; made++) {
            sort(folders.get(made % folders.size()));
        }
    }

    /** Nested, hidden, empty, of the same name, with names that are hard on file systems; and those that every mailbox has in its language. */
    private List<GraphFolder> folders() {
        GraphFolder root = mailbox.folder("msgfolderroot");
        GraphFolder inbox = mailbox.inbox();
        GraphFolder projects = root.addFolder("Projekte");
        GraphFolder year = projects.addFolder("2025");
        GraphFolder hidden = root.addHiddenFolder("Nicht gezeigt");
        List<GraphFolder> folders = new ArrayList<>(List.of(
                inbox,
                mailbox.folder("sentitems"),
                projects,
                year,
                year.addFolder("Übersicht & Ergebnis"),
                inbox.addFolder("Alt"),
                projects.addFolder("Alt"),
                root.addFolder("Ein/Aus: \"<con>\" ."),
                hidden,
                hidden.addFolder("darin"),
                mailbox.folder("archive"),
                mailbox.folder("deleteditems")));
        root.addFolder("Leer").addFolder("auch leer");
        root.addSearchFolder("Ungelesen", "isRead eq false", true);
        return folders;
    }

    private void sort(GraphFolder folder) {
        switch (made % 19) {
            case 0 -> add(folder, plain("Nachricht").text("Text mit Umlauten: äöü\r\nund zwei Zeilen"));
            case 1 ->
                add(
                        folder,
                        plain("Gelesen")
                                .html("<p>" + "Absatz ".repeat(1 + random.nextInt(200)))
                                .read());
            case 2 -> add(folder, plain("Mit Anhang").attach(file("bericht.pdf", "application/pdf", 20_000)));
            case 3 -> add(folder, plain("Leerer Anhang").attach(file("leer.txt", "text/plain", 0)));
            case 4 ->
                add(
                        folder,
                        plain("Nur im Text")
                                .html("<img src=\"cid:bild@1\">")
                                .attach(file("bild.png", "image/png", 900).inline("bild@1")));
            case 5 -> add(folder, plain("Weitergeleitet").attach(GraphAttachment.item("das Original", nested())));
            case 6 ->
                add(
                        folder,
                        plain("Zweimal derselbe Name")
                                .attach(file("scan.pdf", "application/pdf", 500))
                                .attach(file("scan.pdf", "application/pdf", 700)));
            case 7 ->
                add(
                        folder,
                        plain("Blindkopie")
                                .set("bccRecipients", List.of(person("Geheim", "bcc@elsewhere.example")))
                                .set("replyTo", List.of(person("Antwort", "reply@elsewhere.example"))));
            case 8 ->
                add(
                        folder,
                        plain("Markiert")
                                .category("Wichtig")
                                .category("Später")
                                .set("importance", "high")
                                .set("flag", Map.of("flagStatus", "flagged")));
            case 9 -> add(folder, plain("Entwurf").draft().text("noch nicht fertig"));
            case 10 -> manyPeople(folder);
            case 11 -> add(folder, plain(""));
            case 12 -> add(folder, plain("שלום 👩‍👩‍👧 Re: \t [ext] " + "lang ".repeat(40)));
            case 13 -> twice(folder);
            case 14 ->
                add(
                        folder,
                        plain("Mit Kopfzeilen")
                                .header("X-Mailer", "Beispiel 1.0")
                                .header("List-Id", "<liste.elsewhere.example>")
                                .set("isReadReceiptRequested", true));
            case 15 -> large(folder);
            default -> folder.add(OddMime.message(made, id(made), user.principalName()));
        }
    }

    private void add(GraphFolder folder, MessageDraft draft) {
        folder.add(draft);
    }

    private MessageDraft plain(String subject) {
        Instant sent = SampleTenant.EPOCH.plus(Duration.ofMinutes(97L * made + random.nextInt(60)));
        return MessageDraft.of(subject.isEmpty() ? "" : subject + " " + made)
                .from("Bob Beispiel", "bob@elsewhere.example")
                .to(user.toString(), user.principalName())
                .text("Text von " + made)
                .set("internetMessageId", id(made))
                .sentAt(sent)
                .receivedAt(sent.plusSeconds(7));
    }

    private String id(int number) {
        return "<" + number + "." + user.id() + "@elsewhere.example>";
    }

    private static Map<String, Object> person(String name, String address) {
        return Map.of("emailAddress", Map.of("name", name, "address", address));
    }

    private GraphAttachment file(String name, String type, int length) {
        return GraphAttachment.file(name, type, SampleTenant.noise(random, length));
    }

    private MessageDraft nested() {
        return MessageDraft.of("Original " + made)
                .from("Eve", "eve@elsewhere.example")
                .to("Bob", "bob@elsewhere.example")
                .html("<p>wie es war</p>");
    }

    private void manyPeople(GraphFolder folder) {
        MessageDraft draft = plain("An alle");
        for (int i = 0; i < 60; i++) {
            draft.to("Mitglied " + i, "m" + i + "@contoso.example").cc("", "c" + i + "@contoso.example");
        }
        add(folder, draft);
    }

    /** A message to oneself lies in two folders with one id on the internet. */
    private void twice(GraphFolder folder) {
        MessageDraft draft = plain("An mich selbst");
        add(folder, draft);
        add(mailbox.folder("drafts"), draft);
    }

    /** Once for each user. */
    private void large(GraphFolder folder) {
        int length = made < 19 ? LARGE : 40_000;
        add(folder, plain("Groß").attach(file("film.mp4", "video/mp4", length)));
    }
}
