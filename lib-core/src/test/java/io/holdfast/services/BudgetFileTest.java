// SPDX-License-Identifier: Apache-2.0
package io.holdfast.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.pacing.Limit;
import io.holdfast.pacing.Meter;
import io.holdfast.pacing.SavedBudget;
import io.holdfast.pacing.Scope;
import io.holdfast.pacing.ScopeLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BudgetFileTest {
    private static final SavedBudget DAILY = budget("a/b=c\td", 17.25);
    private static final SavedBudget DEBT = budget("other", -300);

    @TempDir
    private Path folder;

    private BudgetFile file;

    @BeforeEach
    void begin() {
        file = new BudgetFile(folder.resolve("cache"));
    }

    private static SavedBudget budget(String tenant, double left) {
        return new SavedBudget(
                Scope.provider("microsoft").within(ScopeLevel.TENANT, tenant).within(ScopeLevel.POOL, "sharepoint"),
                new Limit.Rate(Meter.UNITS, 1_200_000, Duration.ofDays(1)),
                left,
                Instant.parse("2030-01-01T00:00:00.123Z"));
    }

    @Test
    void comesBackAsItWas() throws IOException {
        file.store(List.of(DAILY, DEBT));

        assertThat(file.load()).containsExactly(DAILY, DEBT);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("cache/budgets.tsv"))))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder.resolve("cache"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void isNotThereWhileThereIsNothingToKeep() {
        assertThat(file.load()).isEmpty();
        file.store(List.of());
        assertThat(folder.resolve("cache")).doesNotExist();

        file.store(List.of(DAILY));
        file.store(List.of());
        assertThat(file.load()).isEmpty();
    }

    @Test
    void takesWhatItCanReadOfAFileThatIsDamaged() throws IOException {
        file.store(List.of(DAILY, DEBT));
        Path path = folder.resolve("cache/budgets.tsv");
        List<String> lines = Files.readAllLines(path);
        Files.write(
                path,
                List.of(
                        "",
                        lines.get(0).substring(0, 40),
                        lines.get(0).replace("UNITS", "WISHES"),
                        lines.get(0).replace("17.25", "NaN"),
                        lines.get(0).replace("PROVIDER=", "provider"),
                        lines.get(1)));

        assertThat(file.load()).containsExactly(DEBT);

        Files.write(path, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThat(file.load()).isEmpty();
    }

    @Test
    void aFolderThatCannotBeWrittenCostsNothingButWhatWasLearned() throws IOException {
        Files.writeString(folder.resolve("cache"), "a file in its way");

        file.store(List.of(DAILY));

        assertThat(file.load()).isEmpty();
    }
}
