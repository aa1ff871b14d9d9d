// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.exchange.HttpBody;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ResourceId;
import io.holdfast.runtime.TimeSource;
import io.holdfast.simulators.graph.FileFlaw;
import io.holdfast.simulators.graph.GraphApp;
import io.holdfast.simulators.graph.GraphDrive;
import io.holdfast.simulators.graph.GraphDriveItem;
import io.holdfast.simulators.graph.GraphLimits;
import io.holdfast.simulators.graph.GraphSimulator;
import io.holdfast.simulators.graph.GraphTenant;
import io.holdfast.simulators.graph.TokenExpiry;
import io.holdfast.source.SourceConnector;
import io.holdfast.testkit.SimTime;
import io.holdfast.testkit.SourceConnectorContract;
import io.holdfast.testkit.SourceFixture;
import java.util.EnumSet;
import java.util.OptionalLong;

/** What every connector must do, by a drive. */
final class DriveContractTest extends SourceConnectorContract {
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

    /** A tenant with one drive. */
    private static final class Fixture implements SourceFixture {
        private final GraphTenant tenant;
        private final GraphSimulator simulator;
        private final GraphDrive drive;

        private Fixture(TimeSource time) {
            tenant = GraphTenant.builder(time, "contoso.example").build();
            tenant.consent(GraphApp.of(CLIENT, SECRET, GraphApp.DRIVE_ROLES));
            drive = tenant.addUser("ada", "Ada Example").drive();
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
                    .workloads(EnumSet.of(M365Workload.ONEDRIVE))
                    .drives(M365Workload.ONEDRIVE, 0, true)
                    .transport(simulator.transport())
                    .build();
        }

        @Override
        public ResourceId resource() {
            return DriveRig.resource(drive);
        }

        private GraphDriveItem item(ItemKey key) {
            return drive.items().stream()
                    .filter(each -> each.id().equals(key.value()))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public ItemKey create(String name, byte[] content) {
            return new ItemKey(drive.file("here/" + name, content).id());
        }

        @Override
        public void change(ItemKey item, byte[] content) {
            item(item).write(HttpBody.of(content));
        }

        @Override
        public ItemKey move(ItemKey item) {
            GraphDriveItem moved = item(item);
            moved.move(drive.folder(moved.path().startsWith("here/") ? "there" : "here"));
            return item;
        }

        @Override
        public void delete(ItemKey item) {
            item(item).delete();
        }

        @Override
        public void breakItem(ItemKey item) {
            item(item).spoil(FileFlaw.POISON);
        }

        @Override
        public boolean expireCursors() {
            simulator.expireDeltaTokens(TokenExpiry.RESYNC_REQUIRED);
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
