// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QuickstartTest {
    @TempDir
    private Path folder;

    @Test
    void backsUpATenantTwiceVerifiesAndBringsAMailAndAFolderBack() throws IOException {
        List<String> lines = run(folder);

        assertThat(lines.get(1)).isEqualTo("1. Contoso has 311 messages in 3 mailboxes");
        assertThat(lines.get(2)).startsWith("2. ").contains("COMPLETE: ", " 0 unchanged, 0 removed");
        assertThat(lines.get(3)).startsWith("3. ").contains("COMPLETE: 0 stored, ", " 0 removed");
        // Nine new ones, one read, one filed.
        assertThat(lines.get(5)).startsWith("5. ").contains("COMPLETE: 11 stored, ", " 1 removed");
        assertThat(lines.get(6)).startsWith("6. ").endsWith(": sound");
        assertThat(lines.get(7)).startsWith("7. ").endsWith("it is there: true");
        assertThat(lines.get(8)).startsWith("8. ").contains(": 42 below");
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
