// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.RestoreReport;
import io.holdfast.RestoreReport.Outcome;
import io.holdfast.RestoreSession;
import io.holdfast.Selection;
import io.holdfast.simulators.graph.GraphCalendar;
import io.holdfast.simulators.graph.GraphContact;
import io.holdfast.simulators.graph.GraphContactFolder;
import io.holdfast.simulators.graph.GraphDriveItem;
import io.holdfast.simulators.graph.GraphEvent;
import io.holdfast.simulators.graph.GraphFolder;
import io.holdfast.simulators.graph.GraphMessage;
import io.holdfast.simulators.graph.GraphUser;
import io.holdfast.source.RestoreSettings.Permissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Everything that a user has, put where it was and into a folder beside it, field by field. Another user and a directory are in {@link TenantRoundTripTest}. */
final class PlaceRoundTripTest {
    private static final Set<M365Workload> WORKLOADS =
            EnumSet.of(M365Workload.MAIL, M365Workload.CALENDAR, M365Workload.CONTACTS, M365Workload.ONEDRIVE);
    private static final String FOLDER = "Wiederhergestellt";

    private final TenantRig rig = TenantRig.ofAll();
    private GraphUser user;
    private UserView was;

    @BeforeEach
    void backUp() {
        user = SampleTenant.in(rig.tenant, new SampleTenant.Size(2, 80, 15, 15, 38))
                .users()
                .get(1);
        was = UserView.of(user);
        rig.backUp(rig.builder()
                .workloads(WORKLOADS)
                .drives(M365Workload.ONEDRIVE, 10, true)
                .build());
        rig.time.advance(Duration.ofHours(12));
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private RestoreReport restore(UnaryOperator<RestoreSession.Builder> how) {
        RestoreReport report = rig.restore(builder -> how.apply(
                builder.selecting(Selection.users(user.principalName())).permissions(Permissions.KEEP)));
        assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.COMPLETE);
        return report;
    }

    private void assertIs(UserView expected) {
        assertThat(expected.differences(UserView.of(user), WORKLOADS)).isEmpty();
    }

    @Test
    void whereNothingIsMissingARestoreChangesNothing() {
        RestoreReport report = restore(how -> how);

        assertThat(report.restored()).isZero();
        assertIs(was);
    }

    /** Half of what is deleted can still be had by its id, as what lies among recoverable items can; half is gone for good. */
    @Test
    void whoLostEverythingGetsItBackWhereItWas() {
        loseMail();
        loseEvents();
        loseContacts();
        user.drive().items().stream()
                .filter(each -> !each.path().isEmpty() && !each.path().contains("/"))
                .forEach(GraphDriveItem::delete);
        assertThat(was.differences(UserView.of(user), WORKLOADS)).isNotEmpty();

        restore(how -> how);

        assertIs(was);
        assertThat(restore(how -> how).restored()).as("once more").isZero();
    }

    @Test
    void aFolderTakesEverythingAndWhatIsThereStaysAsItIs() {
        restore(how -> how.intoFolder(FOLDER));

        assertIs(was.withCopyIn(FOLDER));
        assertThat(restore(how -> how.intoFolder(FOLDER)).restored())
                .as("once more")
                .isZero();
        assertIs(was.withCopyIn(FOLDER));
    }

    private void loseMail() {
        GraphUser newcomer = rig.tenant.addUser("neu", "Neu");
        Set<String> everybodys = UserView.of(newcomer).items("mail-folder").keySet();
        loseMail(user.mailbox().folder("msgfolderroot"), "", everybodys);
        user.mailbox().removeCategory("Wichtig");
    }

    private static void loseMail(GraphFolder folder, String path, Set<String> kept) {
        int number = 0;
        for (GraphMessage each : folder.messages()) {
            if (number++ % 2 == 0) {
                each.delete();
            } else {
                each.purge();
            }
        }
        for (GraphFolder each : folder.folders()) {
            String place = path + "/" + each.displayName();
            loseMail(each, place, kept);
            if (!each.isSearch() && !kept.contains(place)) {
                each.remove();
            }
        }
    }

    private void loseEvents() {
        for (GraphCalendar calendar : user.mailbox().allCalendars()) {
            int number = 0;
            for (GraphEvent each : calendar.events()) {
                if (number++ % 2 == 0) {
                    each.delete();
                } else {
                    each.purge();
                }
            }
            if (!calendar.equals(user.mailbox().calendar())) {
                calendar.delete();
            }
        }
    }

    private void loseContacts() {
        GraphContactFolder top = user.mailbox().contacts();
        int number = 0;
        for (GraphContact each : top.contacts()) {
            if (number++ % 2 == 0) {
                each.delete();
            } else {
                each.purge();
            }
        }
        top.children().forEach(GraphContactFolder::delete);
    }
}
