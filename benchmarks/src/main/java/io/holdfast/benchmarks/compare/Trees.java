// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.compare;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Sizes, reads and compares trees of files. Thread-safe. */
final class Trees {
    private Trees() {}

    /** Sum of the lengths of all files; zero if the tree does not exist. */
    static long bytes(Path tree) throws IOException {
        long sum = 0;
        for (BasicFileAttributes file : files(tree).values()) {
            sum += file.size();
        }
        return sum;
    }

    /** Reads every file once, so that all tools find the tree in the page cache. */
    static void warm(Path tree) throws IOException {
        byte[] buffer = new byte[1 << 20];
        for (Path file : files(tree).keySet()) {
            try (InputStream in = Files.newInputStream(tree.resolve(file))) {
                while (in.read(buffer) >= 0) {
                    continue;
                }
            }
        }
    }

    /** Takes the content of every file and leaves the file: gives its room back without deleting it. */
    static void empty(Path tree) throws IOException {
        for (Map.Entry<Path, BasicFileAttributes> file : files(tree).entrySet()) {
            if (file.getValue().isRegularFile()) {
                Files.write(tree.resolve(file.getKey()), new byte[0]);
            }
        }
    }

    /** The first difference in names, bytes or modified times (to the second); empty if the trees are equal. */
    static Optional<String> difference(Path expected, Path actual) throws IOException {
        Map<Path, BasicFileAttributes> left = files(expected);
        Map<Path, BasicFileAttributes> right = files(actual);
        for (Path file : right.keySet()) {
            if (!left.containsKey(file)) {
                return Optional.of(file + " should not be there");
            }
        }
        for (Map.Entry<Path, BasicFileAttributes> entry : left.entrySet()) {
            Path file = entry.getKey();
            BasicFileAttributes other = right.get(file);
            if (other == null) {
                return Optional.of(file + " is missing");
            }
            if (Files.mismatch(expected.resolve(file), actual.resolve(file)) >= 0) {
                return Optional.of(file + " has other bytes");
            }
            if (seconds(entry.getValue()) != seconds(other)) {
                return Optional.of(file + " has another modified time");
            }
        }
        return Optional.empty();
    }

    private static long seconds(BasicFileAttributes file) {
        return file.lastModifiedTime().toInstant().getEpochSecond();
    }

    private static Map<Path, BasicFileAttributes> files(Path tree) throws IOException {
        Map<Path, BasicFileAttributes> files = new TreeMap<>();
        if (Files.exists(tree)) {
            Files.walkFileTree(tree, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    files.put(tree.relativize(file), attributes);
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        return files;
    }
}
