// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.simulators.graph.FaultRule;
import io.holdfast.simulators.graph.FeedHabit;
import io.holdfast.simulators.graph.GraphFault;
import io.holdfast.simulators.graph.GraphUser;
import io.holdfast.simulators.graph.MessageDraft;
import io.holdfast.simulators.graph.UserKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line against a simulated tenant of Microsoft 365, over TLS. */
final class Microsoft365SourceTest {
    @TempDir
    private Path folder;

    private final SimulatedTenant contoso = new SimulatedTenant();
    private final GraphUser ada = contoso.tenant.addUser("ada", "Ada Example");
    private final GraphUser bob = contoso.tenant.addUser("bob", "Bob Example");
    private Cli cli;

    @BeforeEach
    void begin() throws IOException {
        for (int i = 0; i < 30; i++) {
            ada.mailbox()
                    .inbox()
                    .add(MessageDraft.of("Message " + i)
                            .from("Carl", "carl@elsewhere.example")
                            .to("Ada", "ada@contoso.example")
                            .text("Text " + i));
        }
        cli = Cli.in(folder);
        contoso.configure(cli, "mail");
    }

    @AfterEach
    void end() {
        contoso.close();
    }

    @Test
    void backsUpAndRestoresToAnotherUserAndToFiles() throws IOException {
        assertThat(cli.run("discover --source contoso").expect(0).out()).contains("ada@contoso.example");

        String report = cli.run("--json backup --source contoso --repository main")
                .expect(0)
                .out();
        assertThat(report)
                .containsPattern("\"mail.messages.list\": ?1\\D")
                .containsPattern("\"identity.token\": ?1\\D")
                .containsPattern("\"throttled\": ?0\\D")
                .containsPattern("\"waited_ms\": ?\\d");
        assertThat(cli.run("backup --source contoso --repository main")
                        .expect(0)
                        .out())
                .containsPattern("requests: \\d+ sent, 0 throttled; waited for their turn \\d+ ms");

        cli.run("restore --repository main --source contoso --user ada@contoso.example"
                        + " --to-source contoso --to-user bob@contoso.example --into-folder /")
                .expect(0);
        assertThat(bob.mailbox().inbox().messages()).hasSize(30);

        String told = cli.run("restore --repository main --source contoso --user ada@contoso.example"
                        + " --to-source contoso")
                .expect(0)
                .out();
        assertThat(ada.mailbox().folder("msgfolderroot").folders())
                .filteredOn(each -> each.displayName().startsWith("Restored "))
                .singleElement()
                .satisfies(each -> assertThat(told).contains("into '" + each.displayName() + "'"));
        assertThat(ada.mailbox().inbox().messages()).hasSize(30);

        cli.run("restore --repository main --source contoso --to-directory " + folder.resolve("out"))
                .expect(0);
        try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".eml"))).hasSize(30);
        }
    }

    @Test
    void saysWhatItsAuditorFound() throws IOException {
        String backup = "backup --source contoso --repository main";
        contoso.configure(cli, "mail", "audit: off", "audit: { runs: 1 }");
        cli.run(backup).expect(0);
        contoso.simulator.behave(Set.of(FeedHabit.LOST_TOMBSTONES));
        ada.mailbox().inbox().messages().get(0).purge();

        assertThat(cli.run(backup).expect(0).out())
                .contains("auditor: 29 items compared")
                .contains("nor 1 removed ones");
        assertThat(cli.run("--json " + backup).expect(0).out())
                .containsPattern("\"compared\": ?29\\D")
                .containsPattern("\"removed\": ?0\\D");
        contoso.configure(cli, "mail");
        assertThat(cli.run("--json " + backup).expect(0).out()).doesNotContain("\"audit\"");
    }

    @Test
    void listsWhatItsServiceNeverAnsweredBefore() throws IOException {
        String backup = "backup --source contoso --repository main";
        cli.run(backup).expect(0);
        assertThat(cli.run("drift --repository main --source contoso").expect(0).out())
                .contains("nothing new since the first snapshot of 'contoso'");
        contoso.simulator.strike(
                FaultRule.of(GraphFault.UNHEARD_OF).on("message.delta").times(1));

        assertThat(cli.run(backup).expect(0).out()).contains("backup-cli drift --repository main --source contoso");

        assertThat(cli.run("drift --repository main --source contoso").expect(0).out())
                .containsPattern("code +mail.messages.delta +503 ErrorUnheardOf");
        assertThat(cli.run("--json drift --repository main --source contoso")
                        .expect(0)
                        .out())
                .containsPattern("\"operation\": ?\"mail.messages.delta\"")
                .containsPattern("\"what\": ?\"503 ErrorUnheardOf\"");
        assertThat(cli.run("--json " + backup).expect(0).out()).doesNotContain("\"drift\"");
    }

    /** Backs up with a mistake in it: one line that says what and what to do about it, and exit code 3. */
    private void assertRefused(String... expected) {
        Cli.Ended refused = cli.run("backup --source contoso --repository main").expect(3);
        assertThat(refused.err().lines().filter(line -> line.contains("SOURCE-")))
                .singleElement()
                .asString()
                .contains(expected)
                .doesNotContain(SimulatedTenant.SECRET);
    }

    @Test
    void saysInOneLineThatTheSecretIsWrong() throws IOException {
        contoso.configure(cli, "mail", SimulatedTenant.SECRET, "another secret");
        assertRefused("AADSTS7000215", "client secret");
    }

    @Test
    void saysInOneLineThatTheTenantIsWrongOrOfAnotherCloud() throws IOException {
        contoso.configure(cli, "mail", contoso.tenant.id(), "00000000-1111-4222-8333-444444444444");
        assertRefused("AADSTS90002", "does not exist in this cloud");
    }

    @Test
    void saysInOneLineThatTheApplicationIsOfAnotherTenant() throws IOException {
        contoso.configure(cli, "mail", SimulatedTenant.CLIENT, "00000000-1111-4222-8333-444444444444");
        assertRefused("AADSTS700016", "application");
    }

    @Test
    void saysInOneLineThatNobodyConsented() {
        contoso.consent(Set.of());
        assertRefused("User.Read.All", "consent");
    }

    @Test
    void namesWhatIsNotCoveredForWantOfAConsent() {
        contoso.consent(Set.of("User.Read.All", "Organization.Read.All"));
        assertNotCovered("lacks Mail.Read");
    }

    @Test
    void namesUsersWithoutLicence() {
        contoso.tenant.addUser("eve", "Eve Example", UserKind.UNLICENSED);
        assertNotCovered("eve@contoso.example");
    }

    private void assertNotCovered(String expected) {
        Cli.Ended told = cli.run("discover --source contoso");
        assertThat(told.out() + told.err()).contains(expected);
    }

    @Test
    void isExaminedLayerByLayer() {
        String told = cli.run("doctor --source contoso").expect(0).out();

        assertThat(told).contains("tls", "token", "localhost");
    }
}
