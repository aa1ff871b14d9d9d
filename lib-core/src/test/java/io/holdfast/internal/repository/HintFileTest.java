// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.crypto.Encryptor;
import io.holdfast.internal.seal.RepositoryKeys;
import io.holdfast.runtime.Randomness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HintFileTest {
    /** Before any file was written that a machine writes now. */
    private static final Instant NOW = Instant.parse("2020-01-01T00:00:00Z");

    private static final String RESTORE = "0123456789abcdef0123456789abcdef";
    private static final String ADDRESS = "5 https://upload.example/session?key=secret";

    @TempDir
    private Path folder;

    private final RepositoryKeys keys = keys(1);

    private static RepositoryKeys keys(int key) {
        byte[] repositoryKey = new byte[RepositoryKeys.KEY_BYTES];
        repositoryKey[0] = (byte) key;
        return new RepositoryKeys(
                repositoryKey, new byte[RepositoryKeys.ID_BYTES], Encryptor.aes256Gcm(), Randomness.secure());
    }

    private HintFile hints(String restore, RepositoryKeys with) {
        return new HintFile(folder.resolve("cache"), restore, with, NOW);
    }

    private Path file() {
        return folder.resolve("cache").resolve("restore-" + RESTORE);
    }

    @Test
    void anotherProcessFindsWhatWasKept() {
        HintFile before = hints(RESTORE, keys);
        before.keep("file a", "1 https://upload.example/a");
        before.keep("file b", "2 https://upload.example/b");
        before.keep("file a", ADDRESS);

        HintFile after = hints(RESTORE, keys);

        assertThat(after.find("file a")).hasValue(ADDRESS);
        assertThat(after.find("file b")).hasValue("2 https://upload.example/b");
        assertThat(after.find("file c")).isEmpty();
    }

    @Test
    void nothingOfAHintCanBeReadInTheFileWhichIsForItsUserAlone() throws IOException {
        hints(RESTORE, keys).keep("file a", ADDRESS);

        assertThat(Files.readString(file(), StandardCharsets.ISO_8859_1)).doesNotContain("upload", "file a", "secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void theFileGoesWithTheLastHint() {
        HintFile hints = hints(RESTORE, keys);
        hints.keep("file a", ADDRESS);
        hints.keep("file b", ADDRESS);

        hints.drop("file a");
        assertThat(file()).exists();
        hints.drop("file b");
        hints.drop("never kept");

        assertThat(file()).doesNotExist();
        assertThat(hints(RESTORE, keys).find("file a")).isEmpty();
    }

    @Test
    void aFileOfAnotherRestoreOrAnotherRepositoryIsAsGoodAsNone() throws IOException {
        hints(RESTORE, keys).keep("file a", ADDRESS);
        String other = RESTORE.replace('0', 'f');
        Files.copy(file(), file().resolveSibling("restore-" + other));

        assertThat(hints(other, keys).find("file a")).isEmpty();
        assertThat(hints(RESTORE, keys(2)).find("file a")).isEmpty();
        assertThat(hints(RESTORE, keys).find("file a")).hasValue(ADDRESS);
    }

    @Test
    void aDamagedFileIsAsGoodAsNoneAndIsReplaced() throws IOException {
        hints(RESTORE, keys).keep("file a", ADDRESS);
        byte[] bytes = Files.readAllBytes(file());
        for (int cut : new int[] {0, 1, 47, bytes.length - 1}) {
            Files.write(file(), Arrays.copyOf(bytes, cut));
            assertThat(hints(RESTORE, keys).find("file a")).isEmpty();
        }
        bytes[bytes.length - 3] ^= 1;
        Files.write(file(), bytes);
        HintFile hints = hints(RESTORE, keys);
        assertThat(hints.find("file a")).isEmpty();

        hints.keep("file a", ADDRESS);

        assertThat(hints(RESTORE, keys).find("file a")).hasValue(ADDRESS);
    }

    @Test
    void ofTooManyHintsTheOldestGo() {
        HintFile hints = hints(RESTORE, keys);
        for (int i = 0; i < 300; i++) {
            hints.keep("file " + i, ADDRESS);
        }
        HintFile after = hints(RESTORE, keys);

        assertThat(after.find("file 299")).hasValue(ADDRESS);
        assertThat(after.find("file 44")).hasValue(ADDRESS);
        assertThat(after.find("file 43")).isEmpty();
    }

    @Test
    void hintsThatAreTooLongAreNotKept() {
        HintFile hints = hints(RESTORE, keys);
        hints.keep("file a", "x".repeat(8193));
        assertThat(hints.find("file a")).isEmpty();
        hints.keep("file a", "x".repeat(8192));
        assertThat(hints(RESTORE, keys).find("file a")).isPresent();
    }

    @Test
    void whatNobodyRanAgainForAMonthIsRemoved() throws IOException {
        hints(RESTORE, keys).keep("file a", ADDRESS);
        Path old = Files.copy(file(), file().resolveSibling("restore-ffff"));
        Path other = Files.writeString(file().resolveSibling("witness-ffff"), "of something else");
        for (Path each : new Path[] {old, other}) {
            Files.setLastModifiedTime(each, FileTime.from(NOW.minus(Duration.ofDays(31))));
        }

        hints(RESTORE.replace('0', 'f'), keys).find("file a");

        try (Stream<Path> left = Files.list(folder.resolve("cache"))) {
            assertThat(left).containsExactlyInAnyOrder(other, file());
        }
    }

    @Test
    void aFolderThatCannotBeWrittenCostsNothingButTheHint() throws IOException {
        Files.writeString(folder.resolve("cache"), "a file where the folder belongs");
        HintFile hints = hints(RESTORE, keys);

        hints.keep("file a", ADDRESS);

        assertThat(hints.find("file a")).as("for the rest of this run").hasValue(ADDRESS);
        assertThat(hints(RESTORE, keys).find("file a")).isEmpty();
    }
}
