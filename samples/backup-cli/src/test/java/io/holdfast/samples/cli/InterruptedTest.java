// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a signal does to each command that takes long: an orderly end, 130, and the same command continues. */
class InterruptedTest {
    private static final int FILES = 1200;

    @TempDir
    Path folder;

    private Cli cli;
    private Tree tree;

    @BeforeEach
    void makeASource() throws IOException {
        cli = Cli.in(folder);
        tree = cli.tree("a");
        for (int i = 0; i < FILES; i++) {
            tree.write("folder-" + i % 10 + "/small-" + i, "content " + i);
        }
    }

    private Cli stoppedAtCall(int nth) {
        Interruption interruption = Interruption.none();
        AtomicInteger calls = new AtomicInteger();
        return cli.interruptedBy(interruption).on(StoreHooks.each((verb, object) -> {
            if (calls.incrementAndGet() == nth) {
                interruption.stop();
            }
        }));
    }

    @Test
    void aBackupStopsWithACheckpointAndContinuesWithoutReadingAgain() throws IOException {
        Interruption interruption = Interruption.none();
        Cli stopping = cli.interruptedBy(interruption).on(StoreHooks.atPut("leases/", 1, interruption::stop));

        JsonText stopped = stopping.backup("a").expect(130).json();
        Cli.Ended continued = cli.backup("a").expect(0);

        assertThat(stopped.text("outcome")).isEqualTo("stopped");
        assertThat(stopped.at("snapshot").isNull()).isTrue();
        assertThat(continued.err()).contains("continuing an interrupted session");
        long all = 0;
        for (int i = 0; i < FILES; i++) {
            all += ("content " + i).length();
        }
        assertThat(stopped.number("bytes.read") + continued.json().number("bytes.read"))
                .isEqualTo(all);
        cli.run("verify --repository r --level content").expect(0);
        cli.restore("a", folder.resolve("out")).expect(0);
        new Tree(folder.resolve("out/a")).assertSameAs(tree);
    }

    @Test
    void whereverAWalkOfAnUnchangedSourceIsStoppedTheNextRunRemovesNothing() {
        JsonText first = cli.backup("a").expect(0).json();
        AtomicInteger calls = new AtomicInteger();
        cli.on(StoreHooks.each((verb, object) -> calls.incrementAndGet()))
                .backup("a")
                .expect(0);
        for (int call = 1; call <= calls.get(); call++) {
            Cli.Ended ended = stoppedAtCall(call).backup("a");
            assertThat(ended.code()).isIn(0, 130);

            JsonText next = cli.backup("a").expect(0).json();

            assertThat(next.number("items.removed")).isZero();
            assertThat(next.number("items.stored")).isZero();
            assertThat(next.number("items.unchanged")).isEqualTo(first.number("items.discovered"));
            assertThat(next.text("snapshot.manifest_digest")).isEqualTo(first.text("snapshot.manifest_digest"));
        }
    }

    @Test
    void aRestoreStopsAndContinues() throws IOException {
        cli.backup("a").expect(0);
        AtomicInteger calls = new AtomicInteger();
        cli.on(StoreHooks.each((verb, object) -> calls.incrementAndGet()))
                .restore("a", folder.resolve("whole"))
                .expect(0);
        int stopped = 0;
        for (int call = 1; call <= calls.get(); call++) {
            Path out = folder.resolve("out-" + call);
            Cli.Ended ended = stoppedAtCall(call).restore("a", out);
            assertThat(ended.code()).isIn(0, 130);
            if (ended.code() == 130) {
                stopped++;
                assertThat(ended.json().text("outcome")).isEqualTo("stopped");
                JsonText rest = cli.restore("a", out).expect(0).json();
                assertThat(rest.number("items.restored") + rest.number("items.already_there"))
                        .isEqualTo(FILES);
                new Tree(out.resolve("a")).assertSameAs(tree);
            }
        }
        assertThat(stopped).isPositive();
    }

    @Test
    void verifyAndCopyStopToo() {
        cli.backup("a").expect(0);
        Interruption interruption = Interruption.none();
        Cli stopping = cli.interruptedBy(interruption).on(StoreHooks.each((verb, object) -> {
            if (object.startsWith("snapshots/") || object.startsWith("meta/")) {
                interruption.stop();
            }
        }));

        JsonText verify = stopping.run("verify --json --repository r --level content")
                .expect(130)
                .json();
        JsonText copy =
                stopping.run("copy --json --repository r --to r2").expect(130).json();

        assertThat(verify.text("outcome")).isEqualTo("stopped");
        assertThat(copy.text("outcome")).isEqualTo("stopped");
        cli.run("copy --repository r --to r2").expect(0);
        cli.run("verify --repository r2 --level rehearsal").expect(0);
    }
}
