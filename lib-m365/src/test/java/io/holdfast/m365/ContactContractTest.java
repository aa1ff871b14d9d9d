// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.model.ItemKey;
import io.holdfast.model.ResourceId;
import io.holdfast.runtime.TimeSource;
import io.holdfast.simulators.graph.GraphApp;
import io.holdfast.simulators.graph.GraphContact;
import io.holdfast.simulators.graph.GraphContactFolder;
import io.holdfast.simulators.graph.GraphSimulator;
import io.holdfast.simulators.graph.GraphTenant;
import io.holdfast.simulators.graph.GraphUser;
import io.holdfast.simulators.graph.TokenExpiry;
import io.holdfast.source.SourceConnector;
import io.holdfast.testkit.SimTime;
import io.holdfast.testkit.SourceConnectorContract;
import io.holdfast.testkit.SourceFixture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Contacts keep what every source must. */
final class ContactContractTest extends SourceConnectorContract {
    private final SimTime time = SimTime.create();

    @Override
    protected TimeSource time() {
        return time;
    }

    @Override
    protected int manyItems() {
        return 520;
    }

    @Override
    protected SourceFixture createFixture() {
        return new Contacts(time);
    }

    /** A mailbox with two folders; the content of a contact is its notes. */
    private static final class Contacts implements SourceFixture {
        private final SimTime time;
        private final GraphTenant tenant;
        private final GraphUser ada;
        private final GraphContactFolder team;
        private final GraphSimulator simulator;

        Contacts(SimTime time) {
            this.time = time;
            this.tenant = GraphTenant.builder(time, "contoso.example").build();
            tenant.consent(GraphApp.of(TenantRig.CLIENT, TenantRig.SECRET, GraphApp.CALENDAR_ROLES));
            this.ada = tenant.addUser("ada", "Ada Example");
            this.team = ada.mailbox().contacts().addFolder("Team");
            this.simulator = GraphSimulator.builder(time).tenant(tenant).build();
        }

        @Override
        public SourceConnector connector() {
            return Microsoft365.connector("contoso")
                    .tenant(tenant.id())
                    .client(TenantRig.CLIENT)
                    .secret(TenantRig.SECRET::toCharArray)
                    .workloads(EnumSet.of(M365Workload.CONTACTS))
                    .transport(simulator.transport())
                    .build();
        }

        @Override
        public ResourceId resource() {
            return new ResourceId("contacts:" + ada.id());
        }

        private static String text(byte[] content) {
            return Base64.getEncoder().encodeToString(content);
        }

        private GraphContact find(ItemKey item) {
            GraphContactFolder contacts = ada.mailbox().contacts();
            return Stream.concat(Stream.of(contacts), contacts.children().stream())
                    .flatMap(each -> each.contacts().stream())
                    .filter(each -> each.immutableId().equals(item.value()))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public ItemKey create(String name, byte[] content) {
            time.advance(Duration.ofSeconds(1));
            GraphContact contact = ada.mailbox().contacts().add(name, name + "@elsewhere.example");
            contact.edit("personalNotes", text(content));
            return new ItemKey(contact.immutableId());
        }

        @Override
        public void change(ItemKey item, byte[] content) {
            find(item).edit("personalNotes", text(content));
        }

        @Override
        public ItemKey move(ItemKey item) {
            GraphContact contact = find(item);
            contact.move(team.contacts().contains(contact) ? ada.mailbox().contacts() : team);
            return item;
        }

        @Override
        public void delete(ItemKey item) {
            // Where it still can be had by its id, as most of what is deleted.
            find(item).delete();
        }

        @Override
        public void breakItem(ItemKey item) {
            find(item).spoil();
        }

        @Override
        public boolean expireCursors() {
            simulator.expireDeltaTokens(TokenExpiry.GONE_WITH_LOCATION);
            return true;
        }

        @Override
        public boolean isContent(byte[] read, byte[] created) {
            return new String(read, StandardCharsets.UTF_8).contains('"' + text(created) + '"');
        }

        @Override
        public OptionalLong requests() {
            return OptionalLong.of(simulator.ledger().totals().requests());
        }

        @Override
        public void close() {
            simulator.close();
            assertThat(simulator.ledger().violations()).isEmpty();
        }
    }
}
