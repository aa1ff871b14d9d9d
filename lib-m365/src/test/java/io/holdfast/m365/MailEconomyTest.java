// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.BackupReport;
import io.holdfast.simulators.graph.GraphAttachment;
import io.holdfast.simulators.graph.GraphFolder;
import io.holdfast.simulators.graph.GraphMailbox;
import io.holdfast.simulators.graph.GraphUser;
import io.holdfast.simulators.graph.MessageDraft;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a first session asks of a mailbox of 10,000 messages as they usually are: every fifth with attachments, one in a hundred signed, one in a hundred
 * with another message in it, one in a thousand with an attachment too large for a listing.
 */
final class MailEconomyTest {
    private static final int MESSAGES = 10_000;
    private static final int FOLDERS = 20;
    private static final int LARGE = 3_500_000;

    private final TenantRig rig = new TenantRig();
    private final GraphUser ada = rig.tenant.addUser("ada", "Ada Example");
    private final GraphMailbox mailbox = ada.mailbox();
    private final Random random = new Random(3);

    @AfterEach
    void close() {
        rig.close();
    }

    @ParameterizedTest
    @EnumSource(MailFidelity.class)
    void aFirstSessionKeepsToItsBudgetOfCalls(MailFidelity fidelity) {
        fill();

        BackupReport report = rig.backUp(rig.builder().mailFidelity(fidelity).build());

        assertThat(report.outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
        assertThat(rig.failures()).isEmpty();
        Map<String, Long> asked = rig.asked();
        System.out.printf("%s, %d messages: %s%n", fidelity, MESSAGES, asked);
        long originals = asked.remove("message.mime");
        long all = asked.values().stream().mapToLong(each -> each).sum();
        long folders = UserView.of(ada).items("mail-folder").size();
        assertThat(originals).isEqualTo(fidelity == MailFidelity.ORIGINAL ? MESSAGES : MESSAGES / 50);
        assertThat(all - 2 * folders).isLessThanOrEqualTo(60 * MESSAGES / 1000);
    }

    private void fill() {
        List<GraphFolder> folders = IntStream.range(0, FOLDERS)
                .mapToObj(i -> i == 0 ? mailbox.inbox() : mailbox.inbox().addFolder("Folder " + i))
                .toList();
        for (int i = 0; i < MESSAGES; i++) {
            rig.time.advance(Duration.ofMinutes(1));
            // A folder has a few hundred in a row, as when mail is filed by year; the inbox has most.
            folders.get(i % 2 == 0 ? 0 : i * FOLDERS / MESSAGES).add(message(i));
        }
    }

    private MessageDraft message(int number) {
        MessageDraft plain = TenantRig.message("Message " + number);
        if (number % 1000 == 7) {
            return plain.attach(file("film.mp4", LARGE));
        }
        if (number % 100 == 11) {
            return plain.attach(GraphAttachment.item("the first one", TenantRig.message("Within " + number)));
        }
        if (number % 100 == 22) {
            return plain.extended("String 0x001A", "IPM.Note.SMIME.MultipartSigned")
                    .attach(file("smime.p7m", 400));
        }
        if (number % 5 == 0) {
            return plain.attach(file("report.pdf", 2_000)).attach(file("table.csv", 500));
        }
        return number % 20 == 1
                ? plain.html("<img src='cid:logo@1'>")
                        .attach(file("logo.png", 300).inline("logo@1"))
                : plain;
    }

    private GraphAttachment file(String name, int length) {
        return GraphAttachment.file(name, "application/octet-stream", SampleTenant.noise(random, length));
    }
}
