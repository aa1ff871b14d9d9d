// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.BackupReport;
import io.holdfast.RestoreReport;
import io.holdfast.RestoreSession;
import io.holdfast.RestoreTargets;
import io.holdfast.Selection;
import io.holdfast.model.ResourceId;
import io.holdfast.simulators.graph.FaultRule;
import io.holdfast.simulators.graph.GraphContact;
import io.holdfast.simulators.graph.GraphContactFolder;
import io.holdfast.simulators.graph.GraphFault;
import io.holdfast.simulators.graph.GraphUser;
import io.holdfast.simulators.graph.TokenExpiry;
import io.holdfast.simulators.json.Json;
import io.holdfast.source.RestoreSettings.Conflict;
import io.holdfast.source.SourceConnector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Contacts of a simulated tenant, backed up and taken back by whole sessions. */
final class ContactSessionsTest {
    private final TenantRig rig = new TenantRig(Set.of("User.Read.All", "Organization.Read.All", "Contacts.ReadWrite"));
    private final GraphUser ada = rig.tenant.addUser("ada", "Ada Example");
    private final GraphUser bob = rig.tenant.addUser("bob", "Bob Example");
    private final GraphContactFolder contacts = ada.mailbox().contacts();

    @AfterEach
    void close() {
        rig.close();
    }

    private SourceConnector connector() {
        return rig.builder().workloads(EnumSet.of(M365Workload.CONTACTS)).build();
    }

    private BackupReport backUp() {
        rig.time.advance(Duration.ofHours(4));
        return rig.backUp(connector());
    }

    private RestoreSession.Builder restore() {
        return RestoreSession.builder()
                .on(rig.runtime)
                .from(rig.repository)
                .snapshot(rig.repository.latest(rig.connector().id()).orElseThrow())
                .selecting(Selection.users(ada.principalName()))
                .to(RestoreTargets.source(connector()));
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        rig.repository.items(
                rig.repository.latest(rig.connector().id()).orElseThrow(),
                new ResourceId("contacts:" + ada.id()),
                item -> names.add(item.entry().name()));
        return names;
    }

    private void fill(GraphContactFolder folder, int number) {
        for (int i = 0; i < number; i++) {
            rig.time.advance(Duration.ofMinutes(1));
            folder.add("Person " + i, "person" + i + "@elsewhere.example");
        }
    }

    @Test
    void readsContactsInPagesAndEachPhotoOnce() {
        fill(contacts, 200);
        contacts.contacts().get(199).photo(new byte[] {1, 2, 3});

        BackupReport first = backUp();

        assertThat(first.outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
        assertThat(first.items().stored()).isEqualTo(202);
        assertThat(rig.asked())
                .containsEntry("contact.list", 5L)
                .containsEntry("contact.photo", 200L)
                .doesNotContainKey("contact.get");

        BackupReport second = backUp();

        assertThat(second.items().stored()).isZero();
        // Of each of two mailboxes.
        assertThat(rig.asked())
                .containsEntry("contact.delta", 2L)
                .containsEntry("contactFolder.get", 2L)
                .containsEntry("contactFolder.delta", 2L)
                .doesNotContainKeys("contact.list", "contact.photo");
    }

    @Test
    void noticesAnotherPhoto() {
        fill(contacts, 3);
        GraphContact grace = contacts.contacts().get(0);
        grace.photo(new byte[] {1});
        backUp();
        grace.photo(new byte[] {2});

        assertThat(backUp().items().stored()).isEqualTo(1);
    }

    @Test
    void followsMovesAndRemovals() {
        GraphContactFolder friends = contacts.addFolder("Friends");
        fill(contacts, 4);
        backUp();
        contacts.contacts().get(0).move(friends);
        contacts.contacts().get(1).purge();
        contacts.contacts().get(0).delete();

        BackupReport second = backUp();

        assertThat(second.items().removed()).isEqualTo(2);
        assertThat(names()).containsExactlyInAnyOrder("Contacts", "Friends", "Person 0", "Person 3");
    }

    @Test
    void readsNoContactAgainWhenTokensHaveEnded() {
        fill(contacts, 30);
        backUp();
        contacts.contacts().get(3).purge();
        rig.simulator.expireDeltaTokens(TokenExpiry.GONE_WITH_LOCATION);

        BackupReport second = backUp();

        assertThat(second.items().stored()).isZero();
        assertThat(second.items().removed()).isEqualTo(1);
        assertThat(rig.asked()).doesNotContainKeys("contact.list", "contact.photo");
    }

    @Test
    void givesAnotherUserContactsWithPhotosInTheirFolders() {
        GraphContactFolder friends = contacts.addFolder("Friends");
        GraphContactFolder close = friends.addFolder("Close");
        GraphContact grace = close.add("Grace Hopper", "grace@elsewhere.example");
        grace.edit("jobTitle", "Rear admiral");
        grace.edit("businessPhones", List.of("+1 202 555 0100"));
        grace.edit("homeAddress", Json.object("street", "1 Main St", "city", "Arlington"));
        grace.edit("birthday", "1906-12-09T11:59:00Z");
        grace.photo(new byte[] {9, 8, 7});
        contacts.add("Alan Turing", "alan@elsewhere.example");
        backUp();

        RestoreReport report = restore().toOwner(bob.principalName()).build().run();

        assertThat(report.restored()).isEqualTo(2);
        GraphContactFolder restored =
                bob.mailbox().contacts().children().get(0).children().get(0);
        assertThat(restored.displayName()).isEqualTo("Close");
        Map<String, Object> there = restored.contacts().get(0).seen();
        for (String field : List.of(
                "displayName",
                "givenName",
                "surname",
                "emailAddresses",
                "jobTitle",
                "businessPhones",
                "homeAddress",
                "birthday")) {
            assertThat(there.get(field)).as(field).isEqualTo(grace.seen().get(field));
        }
        assertThat(restored.contacts().get(0).photo()).contains(new byte[] {9, 8, 7});
        assertThat(bob.mailbox().contacts().contacts()).hasSize(1);
    }

    @Test
    void makesNothingTwiceAndAddsThePhotoThatWasMissing() {
        contacts.add("Grace Hopper", "grace@elsewhere.example").photo(new byte[] {1});
        backUp();
        rig.simulator.strike(FaultRule.of(GraphFault.INTERNAL_ERROR)
                .on("contact.create")
                .times(1)
                .afterwards());
        rig.simulator.strike(FaultRule.of(GraphFault.ACCESS_DENIED).on("contact.writePhoto"));
        restore().toOwner(bob.principalName()).build().run();
        rig.simulator.calm();

        restore().toOwner(bob.principalName()).build().run();

        assertThat(bob.mailbox().contacts().contacts())
                .singleElement()
                .satisfies(each -> assertThat(each.photo()).contains(new byte[] {1}));
    }

    @Test
    void leavesWhatIsStillThereUnlessItIsToldOtherwise() {
        GraphContact grace = contacts.add("Grace Hopper", "grace@elsewhere.example");
        backUp();
        grace.edit("displayName", "changed");

        assertThat(restore().build().run().skipped()).isEqualTo(1);
        assertThat(restore().onConflict(Conflict.REPLACE).build().run().restored())
                .isEqualTo(1);
        assertThat(grace.seen()).containsEntry("displayName", "Grace Hopper");

        restore().intoFolder("Restored").onConflict(Conflict.KEEP_BOTH).build().run();
        assertThat(contacts.children())
                .singleElement()
                .satisfies(folder -> assertThat(folder.contacts()).hasSize(1));
    }
}
