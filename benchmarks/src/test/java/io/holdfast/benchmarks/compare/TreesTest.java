// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreesTest {
    @TempDir
    Path folder;

    private Path left;
    private Path right;

    @BeforeEach
    void makeTwoEqualTrees() throws IOException {
        left = tree("left");
        right = tree("right");
    }

    @Test
    void findsEqualTreesEqual() throws IOException {
        assertThat(Trees.difference(left, right)).isEmpty();
        assertThat(Trees.bytes(left)).isEqualTo(6);
    }

    @Test
    void namesAMissingFile() throws IOException {
        Files.delete(right.resolve("a/one"));

        assertThat(Trees.difference(left, right)).contains("a/one is missing");
    }

    @Test
    void namesAFileTooMany() throws IOException {
        Files.writeString(right.resolve("a/two"), "x");

        assertThat(Trees.difference(left, right)).contains("a/two should not be there");
    }

    @Test
    void namesAChangedByte() throws IOException {
        Files.writeString(right.resolve("a/one"), "ABC");

        assertThat(Trees.difference(left, right)).contains("a/one has other bytes");
    }

    @Test
    void namesAnotherTime() throws IOException {
        Files.setLastModifiedTime(right.resolve("a/one"), FileTime.fromMillis(5_000));

        assertThat(Trees.difference(left, right)).contains("a/one has another modified time");
    }

    @Test
    void emptiesFilesAndFollowsNoLink() throws IOException {
        Files.createSymbolicLink(right.resolve("link"), left.resolve("three"));

        Trees.empty(right);

        assertThat(right.resolve("a/one")).isEmptyFile();
        assertThat(right.resolve("three")).isEmptyFile();
        assertThat(left.resolve("three")).hasContent("abc");
    }

    private Path tree(String name) throws IOException {
        Path root = folder.resolve(name);
        Files.createDirectories(root.resolve("a"));
        for (String file : new String[] {"a/one", "three"}) {
            Files.writeString(root.resolve(file), "abc");
            Files.setLastModifiedTime(root.resolve(file), FileTime.fromMillis(1_000));
        }
        return root;
    }
}
