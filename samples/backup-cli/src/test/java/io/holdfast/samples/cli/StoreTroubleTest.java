// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that is full, read-only or gone: one clear line, exit 4, and once that is mended the same command completes. */
class StoreTroubleTest {
    @TempDir
    Path folder;

    private Cli cli;
    private Tree tree;

    @BeforeEach
    void makeASource() throws IOException {
        cli = Cli.in(folder);
        tree = cli.tree("a");
        for (int i = 0; i < 40; i++) {
            tree.write("noise-" + i, Tree.noise(i, 1_000_000));
        }
    }

    private void assertCompletes(Cli mended) throws IOException {
        JsonText report = mended.backup("a").expect(0).json();
        assertThat(report.text("outcome")).isEqualTo("complete");
        mended.run("verify --repository r --level content").expect(0);
        mended.restore("a", folder.resolve("out")).expect(0);
        new Tree(folder.resolve("out/a")).assertSameAs(tree);
    }

    private static void assertToldInOneLine(Cli.Ended failed, String code) {
        assertThat(failed.err().lines().filter(line -> line.startsWith("backup-cli: " + code + ": ")))
                .hasSize(1);
        assertThat(failed.err()).doesNotContain("Exception").doesNotContain("\tat ");
        assertThat(failed.json().text("error.code")).isEqualTo(code);
    }

    @Test
    void aFullDiskIsToldAndAfterRoomIsMadeTheSameCommandCompletes() throws IOException {
        try (LimitedDisk disk = LimitedDisk.at(cli.path("store"), 24)) {
            Cli limited = cli.on(disk::limit);

            Cli.Ended full = limited.backup("a").expect(4);

            assertToldInOneLine(full, "STORE-003");
            disk.enlarge(200);
            assertCompletes(limited);
        }
    }

    @Test
    void aReadOnlyStoreIsToldAndTheSameCommandCompletesOnceItMayWrite() throws IOException {
        try (LimitedDisk disk = LimitedDisk.at(cli.path("store"), 200)) {
            Cli limited = cli.on(disk::limit);
            limited.run("backup --source b --repository r").expect(3);
            cli.tree("b").write("file", "content");
            limited.backup("b").expect(0);
            disk.writable(false);

            Cli.Ended refused = limited.backup("a").expect(4);

            assertToldInOneLine(refused, "STORE-004");
            limited.run("verify --repository r").expect(0);
            disk.writable(true);
            assertCompletes(limited);
        }
    }

    @Test
    void aStoreThatVanishesInMidRunIsToldAndOnceItIsBackTheSameCommandCompletes() throws Exception {
        Path store = cli.path("store");
        Path elsewhere = folder.resolve("unmounted");
        Cli.Ended failed = Child.meet(cli, "backup --json --source a --repository r", "data/", child -> {
            StoredFiles.delete(elsewhere);
            Files.move(store, elsewhere);
        });

        assertToldInOneLine(failed.expect(4), "STORE-006");
        assertThat(store).doesNotExist();
        Files.move(elsewhere, store);
        assertCompletes(cli);
    }
}
