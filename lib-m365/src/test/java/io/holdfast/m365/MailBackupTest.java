// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.BackupReport;
import io.holdfast.exchange.HttpRequest;
import io.holdfast.exchange.HttpResponse;
import io.holdfast.exchange.HttpTransport;
import io.holdfast.exchange.TransportException;
import io.holdfast.simulators.graph.GraphFolder;
import io.holdfast.simulators.graph.GraphMailbox;
import io.holdfast.simulators.graph.GraphMessage;
import io.holdfast.simulators.graph.GraphUser;
import io.holdfast.simulators.graph.TokenExpiry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mailboxes of a simulated tenant, backed up by whole sessions. */
final class MailBackupTest {
    private final TenantRig rig = new TenantRig();
    private final GraphUser ada = rig.tenant.addUser("ada", "Ada Example");
    private final GraphMailbox mailbox = ada.mailbox();
    private final GraphFolder inbox = mailbox.inbox();

    @AfterEach
    void close() {
        rig.close();
    }

    private BackupReport backUp() {
        rig.time.advance(Duration.ofHours(4));
        return rig.backUp();
    }

    private BackupReport complete() {
        BackupReport report = backUp();
        assertThat(report.outcome()).as(report.toString()).isEqualTo(BackupReport.Outcome.COMPLETE);
        return report;
    }

    private long reads() {
        return rig.asked().getOrDefault("message.list", 0L) + rig.asked().getOrDefault("message.get", 0L);
    }

    @Test
    void readsManyMessagesByOneRequest() {
        rig.fill(inbox, 1000);

        BackupReport report = complete();

        assertThat(report.items().stored()).isGreaterThanOrEqualTo(1000);
        assertThat(rig.asked().get("message.list")).isLessThanOrEqualTo(26);
        assertThat(rig.asked()).doesNotContainKey("message.get");
    }

    @Test
    void storesNothingOfWhatDidNotChangeAndAsksOnceForEachFeed() {
        rig.fill(inbox, 130);
        complete();

        BackupReport second = complete();

        assertThat(second.items().stored()).isZero();
        assertThat(reads()).isZero();
        assertThat(rig.asked().get("message.delta")).isEqualTo(14);
    }

    @Test
    void readsNoBodyForAReadMark() {
        rig.fill(inbox, 60);
        complete();
        inbox.messages().get(7).markRead(true);

        BackupReport second = complete();

        assertThat(second.items().stored()).isEqualTo(1);
        assertThat(reads()).isZero();
    }

    @Test
    void keepsAMessageThatLeftAndCameBackBetweenTwoSessions() {
        rig.fill(inbox, 20);
        complete();
        GraphMessage wanderer = inbox.messages().get(3);
        wanderer.move(mailbox.folder("archive"));
        wanderer.move(inbox);

        BackupReport second = complete();

        assertThat(second.items().removed()).isZero();
        assertThat(second.snapshot().orElseThrow().items())
                .isEqualTo(rig.repository
                        .latest(rig.connector().id())
                        .orElseThrow()
                        .items());
    }

    @Test
    void knowsAMoveFromARemovalWithoutReadingTheMessageAgain() {
        rig.fill(inbox, 20);
        long items = complete().snapshot().orElseThrow().items();
        inbox.messages().get(3).move(mailbox.folder("archive"));

        BackupReport second = complete();

        assertThat(second.items().removed()).isZero();
        assertThat(second.items().stored()).isEqualTo(1);
        assertThat(second.snapshot().orElseThrow().items()).isEqualTo(items);
        assertThat(reads()).isLessThanOrEqualTo(1);
    }

    @Test
    void confirmsThatAMessageIsGoneBeforeItSaysSo() {
        rig.fill(inbox, 20);
        long items = complete().snapshot().orElseThrow().items();
        inbox.messages().get(3).purge();

        BackupReport second = complete();

        assertThat(second.items().removed()).isEqualTo(1);
        assertThat(second.snapshot().orElseThrow().items()).isEqualTo(items - 1);
        assertThat(rig.asked().get("message.get")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(TokenExpiry.class)
    void readsNoBodyAgainWhenTheServiceHasForgottenItsFeeds(TokenExpiry how) {
        rig.fill(inbox, 90);
        long items = complete().snapshot().orElseThrow().items();
        inbox.messages().get(5).purge();
        rig.simulator.expireDeltaTokens(how);

        BackupReport second = complete();

        assertThat(second.items().removed()).isEqualTo(1);
        assertThat(second.snapshot().orElseThrow().items()).isEqualTo(items - 1);
        assertThat(rig.asked()).doesNotContainKey("message.list");
    }

    @Test
    void findsTheNewOnesByOneListing() {
        rig.fill(inbox, 90);
        complete();
        rig.fill(inbox, 12);

        BackupReport second = complete();

        assertThat(second.items().stored()).isEqualTo(12);
        assertThat(rig.asked().get("message.list")).isEqualTo(1);
    }

    @Test
    void followsFoldersThatAreHiddenNestedRenamedOrEmpty() {
        GraphFolder outer = inbox.addFolder("Projects");
        GraphFolder inner = outer.addFolder("2030");
        GraphFolder hidden = mailbox.folder("msgfolderroot").addHiddenFolder("Secret");
        rig.fill(inner, 3);
        rig.fill(hidden, 2);
        complete();
        outer.rename("Undertakings");

        BackupReport second = complete();

        assertThat(second.items().stored()).isEqualTo(1);
        assertThat(rig.names()).contains("Undertakings", "2030", "Secret");
        assertThat(rig.names()).filteredOn(name -> name.startsWith("Message")).hasSize(5);
    }

    @Test
    void saysWhatIsNotCoveredAndWhy() {
        rig.tenant.addUser("carl", "Carl Unlicensed", io.holdfast.simulators.graph.UserKind.UNLICENSED);
        rig.tenant.addUser("desk", "Front Desk", io.holdfast.simulators.graph.UserKind.SHARED);

        BackupReport report = complete();

        assertThat(report.resources().discovered()).hasSize(3);
        assertThat(report.resources().discovered())
                .filteredOn(each -> each.notCovered().isPresent())
                .extracting(each -> each.owner())
                .isEqualTo(List.of("carl@contoso.example"));
    }

    @Test
    void tellsWhatCameAfterAPassBeganThatAnotherSessionFinishes() {
        rig.fill(inbox, 600);
        rig.time.advance(Duration.ofHours(4));
        assertThat(rig.backUp(rig.builder().transport(new NoSecondPage()).build())
                        .outcome())
                .isEqualTo(BackupReport.Outcome.PARTIAL);
        rig.fill(inbox, 1);
        inbox.messages().get(0).edit("subject", "After the pass began");

        complete();

        assertThat(rig.names()).contains("After the pass began");
    }

    /** A connection on which no page but the first one of a list comes. */
    private final class NoSecondPage implements HttpTransport {
        private final HttpTransport sound = rig.simulator.transport();

        @Override
        public HttpResponse send(HttpRequest request) throws TransportException {
            if (String.valueOf(request.uri().getQuery()).contains("skiptoken")) {
                throw new TransportException(TransportException.Phase.RESPONSE, "the path is broken", null);
            }
            return sound.send(request);
        }

        @Override
        public void close() {
            sound.close();
        }
    }
}
