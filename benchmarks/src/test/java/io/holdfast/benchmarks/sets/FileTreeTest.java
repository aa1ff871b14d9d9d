// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.sets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {
    @TempDir
    Path folder;

    @Test
    void deletesWriteProtectedFoldersWithAllThatIsInThem() throws IOException {
        Path inner = Files.createDirectories(folder.resolve("tree/inner"));
        Files.writeString(inner.resolve("file"), "x");
        assertThat(inner.toFile().setWritable(false)).isTrue();

        FileTree.delete(folder.resolve("tree"));

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void findsNothingToDoWhereNothingIs() {
        assertThatCode(() -> FileTree.delete(folder.resolve("nothing"))).doesNotThrowAnyException();
    }
}
