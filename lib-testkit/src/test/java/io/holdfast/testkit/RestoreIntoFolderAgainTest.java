// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.RestoreReport;
import io.holdfast.RestoreReport.Outcome;
import io.holdfast.RestoreTargets;
import io.holdfast.repository.Snapshot;
import io.holdfast.source.RestoreSettings.Conflict;
import io.holdfast.testkit.BreakableTarget.Died;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restore into a folder that breaks off and is run again, and what stands in its way. */
class RestoreIntoFolderAgainTest {
    private static final int PUTS = RestoreWorld.NOTES + 2;

    @TempDir
    Path folders;

    private final RestoreWorld world = new RestoreWorld();

    private RestoreReport restore(Snapshot snapshot, BreakableTarget target, Conflict conflict) {
        return world.restore(snapshot, target.destination(), session -> session.onConflict(conflict), session -> {});
    }

    private static BreakableTarget into(Path folder) {
        return new BreakableTarget(RestoreTargets.directory(folder));
    }

    private static Map<String, Integer> texts(Path folder) throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                counts.merge(Files.readString(file), 1, Integer::sum);
            }
        }
        return counts;
    }

    @Test
    void aRestoreThatDiesBeforeOrBehindAnyPutIsFinishedByTheNext() throws IOException {
        for (Conflict conflict : Conflict.values()) {
            for (int put = 1; put <= PUTS; put++) {
                assertFinished(folders.resolve(conflict + "-before-" + put), conflict, put, false);
                assertFinished(folders.resolve(conflict + "-behind-" + put), conflict, put, true);
            }
        }
    }

    private void assertFinished(Path folder, Conflict conflict, int put, boolean behind) throws IOException {
        BreakableTarget.Hook die = (number, item) -> {
            if (number == put) {
                throw new Died(put);
            }
        };
        BreakableTarget target = behind ? into(folder).after(die) : into(folder).before(die);
        assertThatExceptionOfType(Died.class).isThrownBy(() -> restore(world.first, target, conflict));

        RestoreReport again = restore(world.first, into(folder), conflict);

        assertThat(again.outcome()).isEqualTo(Outcome.COMPLETE);
        assertThat(again.restored() + again.alreadyThere()).isEqualTo(RestoreWorld.NOTES);
        assertThat(texts(folder)).as("%s", folder).isEqualTo(RestoreWorld.once("old"));
    }

    private Snapshot changed(String state) {
        world.changeAll(state);
        return world.backUp();
    }

    @Test
    void whatStandsInTheWayIsLeft() throws IOException {
        restore(world.first, into(folders), Conflict.SKIP);

        RestoreReport report = restore(changed("new"), into(folders), Conflict.SKIP);

        assertThat(report.skipped()).isEqualTo(RestoreWorld.NOTES);
        assertThat(texts(folders)).isEqualTo(RestoreWorld.once("old"));
    }

    @Test
    void whatStandsInTheWayIsWrittenOverIfThatIsAskedFor() throws IOException {
        restore(world.first, into(folders), Conflict.SKIP);

        RestoreReport report = restore(changed("new"), into(folders), Conflict.REPLACE);

        assertThat(report.restored()).isEqualTo(RestoreWorld.NOTES);
        assertThat(texts(folders)).isEqualTo(RestoreWorld.once("new"));
    }

    @Test
    void whatStandsInTheWayGetsANeighbourForEachRestoreAndNoneIsWrittenOver() throws IOException {
        Snapshot[] states = {world.first, changed("second"), changed("third"), changed("fourth")};

        for (int round = 0; round < 2; round++) {
            for (Snapshot state : states) {
                restore(state, into(folders), Conflict.KEEP_BOTH);
            }
            assertThat(texts(folders)).isEqualTo(RestoreWorld.once("old", "second", "third", "fourth"));
        }
    }
}
