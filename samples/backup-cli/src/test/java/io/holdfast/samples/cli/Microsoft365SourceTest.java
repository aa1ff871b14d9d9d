// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.runtime.TimeSource;
import io.holdfast.simulators.graph.GraphApp;
import io.holdfast.simulators.graph.GraphSimulator;
import io.holdfast.simulators.graph.GraphTenant;
import io.holdfast.simulators.graph.GraphUser;
import io.holdfast.simulators.graph.MessageDraft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line against a simulated tenant of Microsoft 365, over TLS. */
final class Microsoft365SourceTest {
    private static final String CLIENT = "66666666-7777-4888-9999-000000000000";

    @TempDir
    private Path folder;

    private final TimeSource time = TimeSource.system();
    private final GraphTenant tenant =
            GraphTenant.builder(time, "contoso.example").name("Contoso").build();
    private final GraphUser ada = tenant.addUser("ada", "Ada Example");
    private final GraphUser bob = tenant.addUser("bob", "Bob Example");
    private final GraphSimulator simulator =
            GraphSimulator.builder(time).tenant(tenant).build();
    private Cli cli;

    @BeforeEach
    void begin() throws IOException, CertificateEncodingException {
        tenant.consent(GraphApp.of(CLIENT, "the secret", GraphApp.MAIL_ROLES));
        for (int i = 0; i < 30; i++) {
            ada.mailbox()
                    .inbox()
                    .add(MessageDraft.of("Message " + i)
                            .from("Carl", "carl@elsewhere.example")
                            .to("Ada", "ada@contoso.example")
                            .text("Text " + i));
        }
        cli = Cli.in(folder);
        configure("the secret");
    }

    @AfterEach
    void end() {
        simulator.close();
    }

    private void configure(String secret) throws IOException, CertificateEncodingException {
        GraphSimulator.Listener listener = simulator.listen();
        X509Certificate root = listener.trust().getAcceptedIssuers()[0];
        String pem = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(root.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
        Files.writeString(folder.resolve("root.pem"), pem);
        cli.configure("""
                tls: { ca_file: root.pem }
                cache_dir: cache
                repositories:
                  main: { store: { type: posix, path: store }, key: { type: raw, file: key.bin } }
                sources:
                  contoso:
                    type: m365
                    tenant_id: %s
                    client_id: %s
                    client_secret: "%s"
                    authority: %s
                    graph: %s
                    workloads: [mail]
                    app: "ISV|Company|App/1.0"
                """.formatted(tenant.id(), CLIENT, secret, listener.origin(), listener.origin()));
    }

    @Test
    void backsUpAndRestoresToAnotherUserAndToFiles() throws IOException {
        assertThat(cli.run("discover --source contoso").expect(0).out()).contains("ada@contoso.example");

        String report = cli.run("--json backup --source contoso --repository main")
                .expect(0)
                .out();
        assertThat(report)
                .containsPattern("\"mail.messages.list\": ?1\\D")
                .containsPattern("\"identity.token\": ?1\\D");

        cli.run("restore --repository main --source contoso --user ada@contoso.example"
                        + " --to-source contoso --to-user bob@contoso.example")
                .expect(0);
        assertThat(bob.mailbox().inbox().messages()).hasSize(30);

        cli.run("restore --repository main --source contoso --to-directory " + folder.resolve("out"))
                .expect(0);
        try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".eml"))).hasSize(30);
        }
        assertThat(simulator.ledger().violations()).isEmpty();
    }

    @Test
    void saysInOneLineThatTheSecretIsWrong() throws Exception {
        configure("another secret");

        Cli.Ended refused = cli.run("backup --source contoso --repository main").expect(3);

        assertThat(refused.err().lines().filter(line -> line.contains("SOURCE-")))
                .singleElement()
                .asString()
                .contains("AADSTS7000215", "client secret")
                .doesNotContain("another secret");
    }

    @Test
    void isExaminedLayerByLayer() {
        String told = cli.run("doctor --source contoso").expect(0).out();

        assertThat(told).contains("tls", "token", "localhost");
    }
}
