// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.model.ItemKey;
import io.holdfast.model.ResourceId;
import io.holdfast.runtime.TimeSource;
import io.holdfast.simulators.graph.GraphApp;
import io.holdfast.simulators.graph.GraphFolder;
import io.holdfast.simulators.graph.GraphLimits;
import io.holdfast.simulators.graph.GraphMessage;
import io.holdfast.simulators.graph.GraphSimulator;
import io.holdfast.simulators.graph.GraphTenant;
import io.holdfast.simulators.graph.GraphUser;
import io.holdfast.simulators.graph.MessageDraft;
import io.holdfast.simulators.graph.MessageFlaw;
import io.holdfast.simulators.graph.TokenExpiry;
import io.holdfast.source.SourceConnector;
import io.holdfast.testkit.SimTime;
import io.holdfast.testkit.SourceConnectorContract;
import io.holdfast.testkit.SourceFixture;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What every connector must do, by a mailbox of drafts: of all messages they alone can change their content. */
final class MailContractTest extends SourceConnectorContract {
    private static final String CLIENT = "66666666-7777-4888-9999-000000000000";
    private static final String SECRET = "a-secret-of-the-application";

    private final SimTime time = SimTime.create();

    @Override
    protected TimeSource time() {
        return time;
    }

    @Override
    protected SourceFixture createFixture() {
        return new Fixture(time);
    }

    /** A page has 500 items. */
    @Override
    protected int manyItems() {
        return 510;
    }

    /** A tenant with one mailbox. */
    private static final class Fixture implements SourceFixture {
        private final GraphTenant tenant;
        private final GraphSimulator simulator;
        private final GraphUser ada;

        private Fixture(TimeSource time) {
            tenant = GraphTenant.builder(time, "contoso.example").build();
            tenant.consent(GraphApp.of(CLIENT, SECRET, GraphApp.MAIL_ROLES));
            ada = tenant.addUser("ada", "Ada Example");
            simulator = GraphSimulator.builder(time)
                    .tenant(tenant)
                    .limits(GraphLimits.none())
                    .build();
        }

        @Override
        public SourceConnector connector() {
            return Microsoft365.connector("contoso")
                    .tenant(tenant.id())
                    .client(CLIENT)
                    .secret(SECRET::toCharArray)
                    .workloads(EnumSet.of(M365Workload.MAIL))
                    .transport(simulator.transport())
                    .build();
        }

        @Override
        public ResourceId resource() {
            return new ResourceId("mail:" + ada.id());
        }

        private GraphFolder inbox() {
            return ada.mailbox().inbox();
        }

        private GraphFolder archive() {
            return ada.mailbox().folder("archive");
        }

        private GraphMessage message(ItemKey key) {
            return Stream.concat(inbox().messages().stream(), archive().messages().stream())
                    .filter(each -> each.immutableId().equals(key.value()))
                    .findFirst()
                    .orElseThrow();
        }

        private static String text(byte[] content) {
            return Base64.getEncoder().encodeToString(content);
        }

        @Override
        public ItemKey create(String name, byte[] content) {
            MessageDraft draft = MessageDraft.of(name).text(text(content)).draft();
            return new ItemKey(inbox().add(draft).immutableId());
        }

        @Override
        public void change(ItemKey item, byte[] content) {
            message(item).edit("body", Map.of("contentType", "text", "content", text(content)));
        }

        @Override
        public boolean isContent(byte[] read, byte[] created) {
            return new String(read, StandardCharsets.UTF_8).contains("\"content\":\"" + text(created) + "\"");
        }

        @Override
        public ItemKey move(ItemKey item) {
            boolean here = inbox().messages().stream()
                    .anyMatch(each -> each.immutableId().equals(item.value()));
            message(item).move(here ? archive() : inbox());
            return item;
        }

        @Override
        public void delete(ItemKey item) {
            message(item).purge();
        }

        @Override
        public void breakItem(ItemKey item) {
            message(item).spoil(MessageFlaw.POISON);
        }

        @Override
        public boolean expireCursors() {
            simulator.expireDeltaTokens(TokenExpiry.NOT_FOUND);
            return true;
        }

        @Override
        public OptionalLong requests() {
            return OptionalLong.of(simulator.ledger().totals().requests()
                    + simulator.ledger().totals().tokens());
        }

        @Override
        public void close() {
            simulator.close();
            assertThat(simulator.ledger().violations()).isEmpty();
        }
    }
}
