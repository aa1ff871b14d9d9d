// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A real process that dies, at moments drawn from a seed. {@code -Dholdfast.kills=50} kills that often instead of a handful of times, and
 * {@code -Dholdfast.seed=N} draws other moments.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class KilledTest {
    private static final int KILLS = Integer.getInteger("holdfast.kills", 4);
    private static final long SEED = Long.getLong("holdfast.seed", 1);
    private static final String BACKUP = "backup --json --source a --repository r";
    /** The exit code of a process that signal 9 ended. */
    private static final int KILLED = 137;

    private static final int FILES = 100;
    private static final long BYTES = FILES * 1_000_000L;
    /** What a checkpoint waits for at most, with what may be under way beyond it. */
    private static final long BETWEEN_CHECKPOINTS = 64L << 20;

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private Cli cli;
    private Tree tree;

    @BeforeEach
    void makeASource() throws IOException {
        cli = Cli.in(folder);
        tree = cli.tree("a");
    }

    private void fill() throws IOException {
        for (int i = 0; i < FILES; i++) {
            tree.write("folder-" + i % 7 + "/noise-" + i, Tree.noise(i, 1_000_000));
        }
    }

    private void assertRestoresEqual() throws IOException {
        cli.run("verify --repository r --level content").expect(0);
        cli.restore("a", folder.resolve("out")).expect(0);
        new Tree(folder.resolve("out/a")).assertSameAs(tree);
    }

    @Test
    void aBackupThatIsKilledAgainAndAgainFinishesAndIsWhole() throws Exception {
        fill();
        long longest = 1_500;
        for (int kill = 0; kill < KILLS; kill++) {
            try (Child child = Child.start(cli, BACKUP)) {
                if (child.livesFor(500 + random.nextLong(longest))) {
                    child.kill();
                } else {
                    child.await().expect(0);
                }
            }
        }

        try (Child last = Child.start(cli, BACKUP)) {
            JsonText report = last.await().expect(0).json();
            assertThat(report.text("outcome")).isEqualTo("complete");
            assertThat(report.number("items.removed")).isZero();
        }
        assertRestoresEqual();
    }

    @Test
    void whatWasStoredBeforeTheLastCheckpointIsNotReadAgain() throws Exception {
        fill();
        Child.meet(cli, BACKUP, "progress/", Child::kill).expect(KILLED);

        try (Child next = Child.start(cli, BACKUP)) {
            Cli.Ended ended = next.await().expect(0);
            assertThat(ended.err()).contains("continuing an interrupted session");
            assertThat(ended.json().number("bytes.read")).isLessThanOrEqualTo(BYTES - BETWEEN_CHECKPOINTS);
        }
        assertRestoresEqual();
    }

    @Test
    void theLeaseOfADeadProcessIsTakenOverAtOnce() throws Exception {
        fill();
        Child.meet(cli, BACKUP, "leases/", Child::kill).expect(KILLED);

        assertThat(StoredFiles.below(cli.path("store"), "leases/")).hasSize(1);
        cli.backup("a").expect(0);
    }

    @Test
    void aWalkOfAnUnchangedSourceThatIsKilledRemovesNothing() throws Exception {
        for (int i = 0; i < 4000; i++) {
            tree.write("folder-" + i % 50 + "/small-" + i, "content " + i);
        }
        JsonText first = cli.backup("a").expect(0).json();
        for (int kill = 0; kill < Math.max(2, KILLS / 2); kill++) {
            try (Child child = Child.start(cli, BACKUP)) {
                if (child.livesFor(400 + random.nextLong(1_000))) {
                    child.kill();
                }
            }
            JsonText next = cli.backup("a").expect(0).json();
            assertThat(next.number("items.removed")).isZero();
            assertThat(next.number("items.unchanged")).isEqualTo(first.number("items.discovered"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void aSignalMakesACheckpointAndTheSameCommandContinues(String signal) throws Exception {
        fill();
        Cli.Ended stopped =
                Child.meet(cli, BACKUP, "data/", child -> child.signal(signal)).expect(130);
        assertThat(stopped.json().text("outcome")).isEqualTo("stopped");
        long before = stopped.json().number("bytes.read");

        JsonText report = cli.backup("a").expect(0).json();

        // What was under way when the signal came is read once more, and nothing else.
        assertThat(before + report.number("bytes.read")).isBetween(BYTES, BYTES + 16_000_000);
        cli.run("verify --repository r --level content").expect(0);
    }
}
