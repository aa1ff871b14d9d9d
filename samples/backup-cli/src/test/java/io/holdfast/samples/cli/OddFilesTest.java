// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are special, unreadable, or change while they are read. */
class OddFilesTest {
    private static final String BACKUP = "backup --json --source a --repository r";

    @TempDir
    Path folder;

    private Cli cli;
    private Tree tree;

    @BeforeEach
    void makeASource() throws IOException {
        cli = Cli.in(folder);
        tree = cli.tree("a");
        tree.write("good", "content");
        tree.write("closed/inside", "inside");
    }

    @AfterEach
    void makeEverythingReadable() throws IOException {
        mode("closed", "rwxr-xr-x");
    }

    private void mode(String name, String mode) throws IOException {
        Files.setPosixFilePermissions(tree.raw(name), PosixFilePermissions.fromString(mode));
    }

    private List<JsonText> failures() {
        return cli.run("failures --json --repository r --source a")
                .expect(0)
                .json()
                .elements();
    }

    private Cli.Ended backupWithoutPrivileges() throws Exception {
        try (Child child = Child.startWithoutPrivileges(cli, BACKUP)) {
            return child.await();
        }
    }

    @Test
    void specialFilesAreSkippedWithAReason() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", tree.raw("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();

        JsonText report = cli.backup("a").expect(0).json();

        assertThat(report.number("items.skipped")).isEqualTo(1);
        assertThat(failures()).singleElement().satisfies(each -> {
            assertThat(each.text("key")).isEqualTo("pipe");
            assertThat(each.text("condition")).isEqualTo("skipped");
            assertThat(each.text("cause")).isEqualTo("special-file");
            assertThat(each.text("code")).isEqualTo("pipe");
        });
        cli.backup("a").expect(0);
        assertThat(cli.run("failures --repository r --source a").out()).contains("CONDITION", "special-file");
    }

    @Test
    void anUnreadableFileIsInTheLedgerUntilItIsRepaired() throws Exception {
        tree.write("secret", "private");
        mode("secret", "---------");

        Cli.Ended partial = backupWithoutPrivileges().expect(1);

        assertThat(partial.json().text("outcome")).isEqualTo("partial");
        assertThat(partial.json().number("items.failed")).isEqualTo(1);
        assertThat(partial.json().number("items.open_failures")).isEqualTo(1);
        JsonText failure = partial.json().at("failures").elements().get(0);
        assertThat(failure.names()).containsExactly("key", "kind", "cause", "code", "attempts");
        assertThat(failure.text("key")).isEqualTo("secret");
        assertThat(failure.text("cause")).isEqualTo("permission-denied");
        assertThat(failures()).singleElement().satisfies(each -> {
            assertThat(each.text("condition")).isEqualTo("failed");
            assertThat(each.number("attempts")).isEqualTo(1);
            assertThat(each.text("since")).endsWith("Z");
        });
        assertThat(Files.readString(folder.resolve("log/error.log"))).contains("secret permission-denied");
        assertThat(cli.run("snapshots --json --repository r")
                        .json()
                        .elements()
                        .get(0)
                        .text("completeness"))
                .isEqualTo("partial");

        mode("secret", "rw-------");
        Cli.Ended repaired = backupWithoutPrivileges().expect(0);

        assertThat(repaired.json().number("items.open_failures")).isZero();
        assertThat(failures()).isEmpty();
        cli.restore("a", folder.resolve("out")).expect(0);
        new Tree(folder.resolve("out/a")).assertSameAs(tree);
    }

    @Test
    void whatLiesInAFolderThatBecameUnreadableIsKept() throws Exception {
        cli.backup("a").expect(0);
        mode("closed", "---------");

        Cli.Ended partial = backupWithoutPrivileges().expect(1);

        assertThat(partial.json().number("items.removed")).isZero();
        cli.run("restore --repository r --source a --item closed/inside --to-directory " + folder.resolve("out"))
                .expect(0);
        assertThat(folder.resolve("out/a/closed/inside")).hasContent("inside");
    }

    @Test
    void aFileThatChangesWhileItIsReadIsNeverStoredTorn() throws Exception {
        // More than content may occupy in memory, so that it is still being read when the first of it is stored.
        Path large = tree.write("large", Tree.noise(1, 130_000_000));
        cli.configure("""
                buffer_size: 96MiB
                repositories: { r: { store: { type: posix, path: store }, key: { type: raw, file: key.bin } } }
                sources: { a: { type: directory, path: a } }
                """);
        Cli changing = cli.on(
                StoreHooks.atPut("data/", 1, () -> Files.write(large, Tree.noise(2, 1000), StandardOpenOption.APPEND)));

        byte[] before = Files.readAllBytes(large);
        int code = changing.backup("a").code();

        assertThat(code).isIn(0, 1);
        if (code == 0) {
            cli.restore("a", folder.resolve("first")).expect(0);
            byte[] stored = Files.readAllBytes(folder.resolve("first/a/large"));
            assertThat(Arrays.equals(stored, before) || Arrays.equals(stored, Files.readAllBytes(large)))
                    .isTrue();
        } else {
            assertThat(failures())
                    .singleElement()
                    .satisfies(each -> assertThat(each.text("key")).isEqualTo("large"));
        }
        cli.run("backup --source a --repository r --retry-failures").expect(0);
        cli.restore("a", folder.resolve("out")).expect(0);
        new Tree(folder.resolve("out/a")).assertSameAs(tree);
    }
}
