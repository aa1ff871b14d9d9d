// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.BackupReport;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.SourceException;
import io.holdfast.repository.ResourceSummary;
import io.holdfast.simulators.graph.GraphApp;
import io.holdfast.simulators.graph.GraphUser;
import io.holdfast.source.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may read: credentials, permissions, and people who leave. */
final class MailAccessTest {
    private final TenantRig rig = new TenantRig();
    private final GraphUser ada = rig.tenant.addUser("ada", "Ada Example");
    private final GraphUser bob = rig.tenant.addUser("bob", "Bob Example");

    @AfterEach
    void close() {
        rig.close();
    }

    private void assertRefused(Microsoft365.Builder builder, String code, String remedy) {
        long before = rig.simulator.ledger().totals().tokens();
        SourceException refused = catchThrowableOfType(SourceException.class, () -> rig.backUp(builder.build()));
        assertThat(refused.code()).isEqualTo(ErrorCode.SOURCE_REFUSED);
        assertThat(refused.getMessage() + " " + refused.remedy())
                .contains(code, remedy)
                .doesNotContain("\n", TenantRig.SECRET);
        // A credential that is refused is not tried again: that gets accounts locked.
        assertThat(rig.simulator.ledger().totals().tokens() - before).isEqualTo(1);
    }

    @Test
    void saysThatTheSecretIsWrong() {
        assertRefused(rig.builder().secret("another"::toCharArray), "AADSTS7000215", "The client secret is wrong");
    }

    @Test
    void saysThatTheSecretHasExpired() {
        Instant yesterday = rig.time.now().minus(Duration.ofDays(1));
        rig.tenant.consent(new GraphApp(TenantRig.CLIENT, TenantRig.SECRET, yesterday, GraphApp.MAIL_ROLES, true));
        assertRefused(rig.builder(), "AADSTS7000222", "The client secret has expired");
    }

    @Test
    void saysThatTheApplicationIsNotKnown() {
        assertRefused(
                rig.builder().client("00000000-1111-4222-8333-444444444444"),
                "AADSTS700016",
                "The application is not known in this tenant");
    }

    @Test
    void saysThatTheApplicationIsDisabled() {
        rig.tenant.consent(new GraphApp(TenantRig.CLIENT, TenantRig.SECRET, Instant.MAX, GraphApp.MAIL_ROLES, false));
        assertRefused(rig.builder(), "AADSTS7000112", "The application is disabled in this tenant");
    }

    @Test
    void saysThatTheTenantDoesNotExist() {
        assertRefused(
                rig.builder().tenant("00000000-1111-4222-8333-444444444444"),
                "AADSTS90002",
                "The tenant does not exist in this cloud");
    }

    @Test
    void saysThatUsersMayNotBeListed() {
        rig.tenant.consent(GraphApp.of(TenantRig.CLIENT, TenantRig.SECRET, Set.of("Mail.Read")));
        assertRefused(rig.builder(), "User.Read.All", "let an administrator consent");
    }

    @ParameterizedTest
    @CsvSource({"Mail.ReadWrite, Mail.Read", "MailboxSettings.ReadWrite, MailboxSettings.Read"})
    void saysWhichPermissionIsMissing(String revoked, String named) {
        Set<String> roles = new TreeSet<>(GraphApp.MAIL_ROLES);
        roles.remove(revoked);
        rig.tenant.consent(GraphApp.of(TenantRig.CLIENT, TenantRig.SECRET, roles));

        BackupReport report = rig.backUp();

        assertThat(report.resources().discovered()).hasSize(2).allSatisfy(each -> {
            Resource.NotCovered why = each.notCovered().orElseThrow();
            assertThat(why.reason()).isEqualTo(Resource.Reason.NO_CONSENT);
            assertThat(why.detail()).contains("lacks " + named + ":", "let an administrator consent");
        });
        assertThat(rig.asked().keySet()).noneMatch(each -> each.startsWith("message"));
    }

    @Test
    void goesOnWhenConsentIsThereAgain() {
        rig.fill(ada.mailbox().inbox(), 5);
        rig.tenant.consent(GraphApp.of(TenantRig.CLIENT, TenantRig.SECRET, Set.of("User.Read.All")));
        rig.backUp();
        rig.tenant.consent(GraphApp.of(TenantRig.CLIENT, TenantRig.SECRET, GraphApp.MAIL_ROLES));
        rig.time.advance(Duration.ofHours(5));

        assertThat(rig.backUp().outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);

        new MailTruth(rig, ada).assertStored();
    }

    private ResourceSummary summary(GraphUser user) {
        MailTruth truth = new MailTruth(rig, user);
        return rig.repository.resources(truth.latest()).stream()
                .filter(each -> each.id().equals(truth.resource()))
                .findFirst()
                .orElseThrow();
    }

    private long restored(Path folder) throws IOException {
        rig.restoreTo(folder);
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".eml")).count();
        }
    }

    @Test
    void aLeaverStaysRestorableFromEveryLaterSnapshot(@TempDir Path folder) throws IOException {
        rig.fill(ada.mailbox().inbox(), 5);
        rig.fill(bob.mailbox().inbox(), 7);
        rig.backUp();
        bob.remove();

        for (int session = 1; session <= 3; session++) {
            rig.time.advance(Duration.ofDays(20));
            rig.fill(ada.mailbox().inbox(), 1);
            if (session == 2) {
                bob.purge();
            }
            assertThat(rig.backUp().outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
            assertThat(summary(bob).departedSince()).isPresent();
            assertThat(summary(ada).departedSince()).isEmpty();
            assertThat(restored(folder.resolve("after " + session))).isEqualTo(12 + session);
        }
    }

    @Test
    void whoLosesALicenceStaysRestorableAndIsNamedAsNotCovered(@TempDir Path folder) throws IOException {
        rig.fill(bob.mailbox().inbox(), 7);
        rig.backUp();
        bob.license(false);
        rig.time.advance(Duration.ofHours(5));

        BackupReport report = rig.backUp();

        assertThat(report.resources().discovered())
                .filteredOn(each -> each.owner().equals(bob.principalName()))
                .singleElement()
                .satisfies(each ->
                        assertThat(each.notCovered().orElseThrow().reason()).isEqualTo(Resource.Reason.NOT_LICENSED));
        assertThat(restored(folder)).isEqualTo(7);
        assertThat(summary(bob).departedSince()).isEmpty();
    }
}
