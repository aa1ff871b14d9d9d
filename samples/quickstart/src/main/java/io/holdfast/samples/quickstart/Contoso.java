// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.quickstart;

import io.holdfast.runtime.TimeSource;
import io.holdfast.simulators.graph.GraphApp;
import io.holdfast.simulators.graph.GraphAttachment;
import io.holdfast.simulators.graph.GraphFolder;
import io.holdfast.simulators.graph.GraphMessage;
import io.holdfast.simulators.graph.GraphSimulator;
import io.holdfast.simulators.graph.GraphTenant;
import io.holdfast.simulators.graph.GraphUser;
import io.holdfast.simulators.graph.MessageDraft;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;

/** A small company whose tenant is simulated: three people, some hundred messages, and a day that changes a few. */
final class Contoso {
    static final String CLIENT = "66666666-7777-4888-9999-000000000000";
    static final String SECRET = "the application's secret";
    static final String ADA = "ada@contoso.example";
    static final String FOLDER = "Inbox/Projects";

    private static final String CONTRACT = "The contract";

    private final TimeSource time;
    private final GraphTenant tenant;
    private final GraphFolder inbox;
    private final GraphFolder projects;
    private final GraphMessage contract;
    private final Random random = new Random(1);
    private Instant clock;

    Contoso(TimeSource time) {
        this.time = time;
        this.clock = time.now().minus(Duration.ofDays(30));
        this.tenant =
                GraphTenant.builder(time, "contoso.example").name("Contoso").build();
        tenant.consent(GraphApp.of(CLIENT, SECRET, GraphApp.MAIL_ROLES));
        GraphUser ada = tenant.addUser("ada", "Ada");
        this.inbox = ada.mailbox().inbox();
        this.projects = inbox.addFolder("Projects");
        fill(inbox, 120);
        fill(projects, 40);
        fill(tenant.addUser("ben", "Ben").mailbox().inbox(), 90);
        fill(tenant.addUser("eve", "Eve").mailbox().inbox(), 60);
        this.contract = projects.add(draft(CONTRACT).attach(file("contract.pdf", 200_000)));
    }

    GraphSimulator simulator() {
        return GraphSimulator.builder(time).tenant(tenant).build();
    }

    String tenantId() {
        return tenant.id();
    }

    int mailboxes() {
        return tenant.users().size();
    }

    int size() {
        return tenant.users().stream().mapToInt(user -> user.mailbox().size()).sum();
    }

    /** Changes what a day changes, and says what. */
    String aDayGoesBy() {
        inbox.messages().get(3).markRead(true);
        inbox.messages().get(5).move(projects);
        inbox.messages().get(7).purge();
        fill(inbox, 9);
        return "nine mails came, one was read, one filed, one deleted for good";
    }

    /** The key of the mail that will be missed. */
    String contract() {
        return contract.immutableId();
    }

    void loseTheContract() {
        contract.purge();
    }

    boolean hasTheContract() {
        return projects.messages().stream()
                .anyMatch(each -> each.property("subject").equals(Optional.of(CONTRACT)));
    }

    private void fill(GraphFolder folder, int number) {
        for (int i = 0; i < number; i++) {
            MessageDraft draft = draft("Message " + i + " for " + folder.displayName());
            folder.add(i % 5 == 0 ? draft.attach(file("report-" + i + ".pdf", 30_000)) : draft);
        }
    }

    private MessageDraft draft(String subject) {
        clock = clock.plus(Duration.ofMinutes(20));
        return MessageDraft.of(subject)
                .from("Carl", "carl@elsewhere.example")
                .to("Contoso", "office@contoso.example")
                .receivedAt(clock)
                .sentAt(clock)
                .text("Dear all,\nthis is about " + subject + ".\n");
    }

    private GraphAttachment file(String name, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return GraphAttachment.file(name, "application/pdf", bytes);
    }
}
