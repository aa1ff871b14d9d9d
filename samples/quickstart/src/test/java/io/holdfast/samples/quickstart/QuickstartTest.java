// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QuickstartTest {
    @TempDir
    Path folder;

    @Test
    void backsUpChangesVerifiesRestoresAndComparesAsOftenAsItIsRun() throws IOException {
        for (int run = 0; run < 2; run++) {
            List<String> lines = run(folder);

            assertThat(lines.get(1)).startsWith("2. ").contains("COMPLETE: 4 stored, 0 unchanged, 0 removed");
            assertThat(lines.get(2)).startsWith("3. ").contains("COMPLETE: 0 stored, 4 unchanged, 0 removed");
            assertThat(lines.get(4)).startsWith("5. ").contains("COMPLETE: 3 stored, 1 unchanged, 1 removed");
            assertThat(lines.get(5)).startsWith("6. ").endsWith(": sound");
            assertThat(lines.get(6)).startsWith("7. ").endsWith("equal to the folder: true");
            assertThat(lines.get(7)).startsWith("8. ").endsWith("We are pleased to offer ...");
        }
    }

    @Test
    void leavesTheStateOfTheFirstSnapshotAndOfTheLastBesideEachOther() throws IOException {
        run(folder);

        try (Stream<Path> runs = Files.list(folder)) {
            Path home = runs.findFirst().orElseThrow();
            assertThat(home.resolve("before/minutes.md")).hasContent("Nothing was decided.\n");
            assertThat(home.resolve("today/minutes.md")).hasContent("Something was decided after all.\n");
            assertThat(home.resolve("today/offer.txt")).doesNotExist();
            assertThat(home.resolve("today/scan.bin")).hasSameBinaryContentAs(home.resolve("papers/scan.bin"));
        }
    }

    private static List<String> run(Path folder) throws IOException {
        PrintStream terminal = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PrintStream caught = new PrintStream(out, true, StandardCharsets.UTF_8)) {
            System.setOut(caught);
            Quickstart.main(new String[] {folder.toString()});
        } finally {
            System.setOut(terminal);
        }
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
