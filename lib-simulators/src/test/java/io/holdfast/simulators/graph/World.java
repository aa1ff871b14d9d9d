// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/** A small tenant, a simulator and a client that has signed in. */
final class World {
    final TestTime time = new TestTime();
    final GraphTenant tenant;
    final GraphUser ada;
    final GraphMailbox mailbox;
    final GraphSimulator simulator;
    final GraphClient client;

    World() {
        this(GraphLimits.published());
    }

    World(GraphLimits limits) {
        tenant = GraphTenant.builder(time, "contoso.example").name("Contoso").build();
        Set<String> roles = new TreeSet<>(GraphApp.MAIL_ROLES);
        roles.addAll(GraphApp.CALENDAR_ROLES);
        tenant.consent(GraphApp.of(GraphClient.APP, GraphClient.SECRET, roles));
        ada = tenant.addUser("ada", "Ada Example");
        mailbox = ada.mailbox();
        simulator = GraphSimulator.builder(time).tenant(tenant).limits(limits).build();
        client = new GraphClient(simulator, tenant).signIn();
    }

    GraphClient anotherClient() {
        return new GraphClient(simulator, tenant).signIn();
    }

    /** Messages, a minute apart, the newest last. */
    void fill(GraphFolder folder, int number) {
        for (int i = 0; i < number; i++) {
            time.sleep(Duration.ofMinutes(1));
            folder.add(MessageDraft.of("Message " + i)
                    .from("Bob", "bob@elsewhere.example")
                    .to("Ada", "ada@contoso.example")
                    .text("Text " + i));
        }
    }

    String inbox() {
        return "/users/" + ada.id() + "/mailFolders/inbox";
    }

    static Set<String> without(Set<String> roles, String role) {
        Set<String> others = new TreeSet<>(roles);
        others.remove(role);
        return others;
    }
}
