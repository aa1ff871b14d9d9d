// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two backups into one repository at the same time. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TwoAtOnceTest {
    @TempDir
    Path folder;

    private final CountDownLatch inMidRun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final ExecutorService other = Executors.newSingleThreadExecutor();
    private Cli cli;

    @BeforeEach
    void makeTwoSourcesOfTheSameContent() throws IOException {
        cli = Cli.in(folder);
        for (int i = 0; i < 40; i++) {
            cli.tree("a").write("noise-" + i, Tree.noise(i, 1_000_000));
            cli.tree("b").write("also-" + i, Tree.noise(i, 1_000_000));
        }
    }

    @AfterEach
    void letGo() {
        goOn.countDown();
        other.shutdown();
    }

    private CompletableFuture<Cli.Ended> heldInMidRun(String source) throws InterruptedException {
        UnaryOperator<ObjectStore> held = StoreHooks.atPut("data/", 2, () -> {
            inMidRun.countDown();
            goOn.await();
        });
        CompletableFuture<Cli.Ended> run =
                CompletableFuture.supplyAsync(() -> cli.on(held).backup(source), other);
        inMidRun.await();
        return run;
    }

    @Test
    void theSecondBackupOfASourceIsToldWhoHoldsTheLease() throws Exception {
        CompletableFuture<Cli.Ended> first = heldInMidRun("a");

        Cli.Ended second = cli.backup("a").expect(4);

        assertThat(second.err().lines())
                .singleElement()
                .asString()
                .contains("REPO-006", "process " + ProcessHandle.current().pid(), "since 20");
        goOn.countDown();
        first.get().expect(0);
        cli.backup("a").expect(0);
    }

    @Test
    void twoSourcesWorkSideBySide() throws Exception {
        CompletableFuture<Cli.Ended> first = heldInMidRun("a");

        cli.backup("b").expect(0);

        goOn.countDown();
        first.get().expect(0);
        cli.run("verify --repository r --level content").expect(0);
        cli.restore("a", folder.resolve("out")).expect(0);
        cli.restore("b", folder.resolve("out")).expect(0);
        new Tree(folder.resolve("out/a")).assertSameAs(cli.tree("a"));
        new Tree(folder.resolve("out/b")).assertSameAs(cli.tree("b"));
    }

    @Test
    void sourcesShareBlobs() {
        cli.backup("a").expect(0);

        JsonText second = cli.backup("b").expect(0).json();

        assertThat(second.number("items.stored")).isEqualTo(41);
        assertThat(second.number("bytes.read")).isEqualTo(40_000_000);
        assertThat(second.number("bytes.new_plain")).isLessThan(100_000);
    }
}
