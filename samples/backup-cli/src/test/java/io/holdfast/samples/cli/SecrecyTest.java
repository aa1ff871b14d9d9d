// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody sees who has the store and not the key. */
class SecrecyTest {
    @TempDir
    Path folder;

    @Test
    void neitherNamesNorContentsAreFoundInTheStore() throws IOException {
        Cli cli = Cli.in(folder);
        cli.tree("a").write("Wintermorgen/Tagebuch.txt", "Im Nebel ruhet noch die Welt");
        Files.createSymbolicLink(cli.tree("a").raw("Verweis"), Path.of("Wintermorgen/Ziel"));
        cli.backup("a").expect(0);

        List<String> secrets = List.of("Wintermorgen", "Tagebuch", "Nebel ruhet", "Verweis", "Ziel", "files:a");
        List<Path> objects = StoredFiles.below(cli.path("store"), "");

        assertThat(objects).hasSizeGreaterThan(4);
        for (Path object : objects) {
            String bytes = new String(Files.readAllBytes(object), StandardCharsets.ISO_8859_1);
            assertThat(secrets)
                    .noneMatch(secret ->
                            bytes.contains(secret) || object.toString().contains(secret));
        }
    }

    @Test
    void aWrongPassphraseIsOneClearLine() throws IOException {
        Cli cli = Cli.in(folder);
        cli.tree("a").write("file", "content");
        cli.with(Map.of("PASSPHRASE", "right one"))
                .run("backup --source a --repository secret")
                .expect(0);

        Cli.Ended refused = cli.with(Map.of("PASSPHRASE", "wrong one"))
                .run("snapshots --json --repository secret")
                .expect(4);

        assertThat(refused.err().lines()).singleElement().asString().startsWith("backup-cli: KEY-001: ");
        assertThat(refused.err() + refused.out()).doesNotContain("wrong one");
        assertThat(refused.json().text("outcome")).isEqualTo("error");
        assertThat(refused.json().at("error").names()).containsExactly("code", "message", "remedy");
        assertThat(refused.json().text("error.code")).isEqualTo("KEY-001");
    }

    @Test
    void aSecondPassphraseOpensUntilItsWayInIsRemoved() throws IOException {
        Cli cli = Cli.in(folder);
        cli.tree("a").write("file", "content");
        Cli first = cli.with(Map.of("NEW", "second"));
        first.backup("a").expect(0);
        String slot = first.run("key add --json --repository r --passphrase-env NEW")
                .expect(0)
                .json()
                .elements()
                .get(0)
                .text("slot");
        Cli second = cli.with(Map.of("PASSPHRASE", "second")).configure("""
                        repositories:
                          r: { store: { type: posix, path: store }, key: { type: passphrase, value: "${env:PASSPHRASE}" } }
                          raw: { store: { type: posix, path: store }, key: { type: raw, file: key.bin } }
                        """);

        assertThat(second.run("key list --json --repository r").expect(0).json().elements())
                .extracting(each -> each.text("provider") + " " + each.at("current"))
                .containsExactlyInAnyOrder("raw false", "passphrase true");
        assertThat(second.run("key rotate --json --repository raw")
                        .expect(0)
                        .json()
                        .names())
                .containsExactly("epoch");
        first.run("key remove --repository raw --slot " + slot).expect(0);
        second.run("snapshots --repository r").expect(4);
        first.run("verify --repository raw --level content").expect(0);
        assertThat(first.run("key remove --repository raw --slot 0123456789abcdef")
                        .expect(2)
                        .err())
                .contains("0123456789abcdef");
    }
}
