// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.model.ItemKey;
import io.holdfast.model.ResourceId;
import io.holdfast.runtime.TimeSource;
import io.holdfast.simulators.graph.EventDraft;
import io.holdfast.simulators.graph.GraphApp;
import io.holdfast.simulators.graph.GraphCalendar;
import io.holdfast.simulators.graph.GraphEvent;
import io.holdfast.simulators.graph.GraphMailbox;
import io.holdfast.simulators.graph.GraphSimulator;
import io.holdfast.simulators.graph.GraphTenant;
import io.holdfast.simulators.graph.GraphUser;
import io.holdfast.simulators.json.Json;
import io.holdfast.source.SourceConnector;
import io.holdfast.testkit.SimTime;
import io.holdfast.testkit.SourceConnectorContract;
import io.holdfast.testkit.SourceFixture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.EnumSet;
import java.util.OptionalLong;

/** Calendars keep what every source must. */
final class CalendarContractTest extends SourceConnectorContract {
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
        return new Calendars(time);
    }

    /** A mailbox with two calendars; the content of an event is its body. */
    private static final class Calendars implements SourceFixture {
        private final SimTime time;
        private final GraphTenant tenant;
        private final GraphUser ada;
        private final GraphCalendar team;
        private final GraphSimulator simulator;

        Calendars(SimTime time) {
            this.time = time;
            this.tenant = GraphTenant.builder(time, "contoso.example").build();
            tenant.consent(GraphApp.of(TenantRig.CLIENT, TenantRig.SECRET, GraphApp.CALENDAR_ROLES));
            this.ada = tenant.addUser("ada", "Ada Example");
            this.team = ada.mailbox().addCalendar("Team");
            this.simulator = GraphSimulator.builder(time).tenant(tenant).build();
        }

        @Override
        public SourceConnector connector() {
            return Microsoft365.connector("contoso")
                    .tenant(tenant.id())
                    .client(TenantRig.CLIENT)
                    .secret(TenantRig.SECRET::toCharArray)
                    .workloads(EnumSet.of(M365Workload.CALENDAR))
                    .transport(simulator.transport())
                    .build();
        }

        @Override
        public ResourceId resource() {
            return new ResourceId("calendar:" + ada.id());
        }

        private static String text(byte[] content) {
            return Base64.getEncoder().encodeToString(content);
        }

        private GraphEvent find(ItemKey item) {
            GraphMailbox mailbox = ada.mailbox();
            return mailbox.allCalendars().stream()
                    .flatMap(each -> each.events().stream())
                    .filter(each -> each.immutableId().equals(item.value()))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public ItemKey create(String name, byte[] content) {
            time.advance(Duration.ofSeconds(1));
            GraphEvent event = ada.mailbox()
                    .calendar()
                    .add(EventDraft.of(name, LocalDateTime.of(2026, 3, 16, 9, 0), "UTC", Duration.ofHours(1))
                            .html(text(content)));
            return new ItemKey(event.immutableId());
        }

        @Override
        public void change(ItemKey item, byte[] content) {
            find(item).edit("body", Json.object("contentType", "html", "content", text(content)));
        }

        @Override
        public ItemKey move(ItemKey item) {
            GraphEvent event = find(item);
            event.move(team.events().contains(event) ? ada.mailbox().calendar() : team);
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
