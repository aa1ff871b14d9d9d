// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.Holdfast;
import io.holdfast.Repository;
import io.holdfast.RestoreReport;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.observe.SessionEvent;
import io.holdfast.storage.posix.PosixObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FirstStepsTest {
    private static final char[] SECRET = "a phrase of some length".toCharArray();

    @TempDir
    Path folder;

    @Test
    void theQuickStartOfTheApiDoesWhatItSays() throws IOException {
        Path papers = Files.createDirectories(folder.resolve("papers"));
        Files.writeString(papers.resolve("minutes.md"), "Nothing was decided.\n");
        Files.writeString(papers.resolve("other.md"), "Nor here.\n");
        Path place = folder.resolve("backup");
        try (var runtime = Holdfast.runtime().build();
                var store = PosixObjectStore.createAt(place);
                var key = KeyProviders.passphrase(SECRET)) {
            Repository.create(store, key).on(runtime).close();
        }

        List<SessionEvent.Kind> heard = new ArrayList<>();
        Path out = folder.resolve("out");
        RestoreReport report =
                FirstSteps.backUpAndRestore(papers, place, SECRET, event -> heard.add(event.kind()), out);

        assertThat(report.outcome()).isEqualTo(RestoreReport.Outcome.COMPLETE);
        assertThat(report.restored()).isEqualTo(1);
        assertThat(heard).contains(SessionEvent.Kind.COMMITTED).last().isEqualTo(SessionEvent.Kind.SESSION_ENDED);
        try (var tree = Files.walk(out)) {
            assertThat(tree.filter(Files::isRegularFile).toList())
                    .singleElement()
                    .satisfies(
                            file -> assertThat(file).hasFileName("minutes.md").hasContent("Nothing was decided.\n"));
        }
    }
}
