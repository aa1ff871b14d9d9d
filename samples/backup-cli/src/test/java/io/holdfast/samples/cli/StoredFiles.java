// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The objects of a posix store as the files that they are. */
final class StoredFiles {
    private StoredFiles() {}

    /** All files whose path below the store begins so, sorted. */
    static List<Path> below(Path store, String prefix) throws IOException {
        if (Files.notExists(store)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(store)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> store.relativize(file).toString().startsWith(prefix))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException vanished) {
            // A store that is being written has temporary files that go away.
            return below(store, prefix);
        }
    }

    /** Removes a folder with all that is in it, if it is there. */
    static void delete(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    /** The first of the largest files that begin so. */
    static Path largest(Path store, String prefix) throws IOException {
        Path largest = null;
        for (Path file : below(store, prefix)) {
            largest = largest == null || Files.size(file) > Files.size(largest) ? file : largest;
        }
        if (largest == null) {
            throw new AssertionError("nothing in " + store + " begins with " + prefix);
        }
        return largest;
    }

    /** Turns one bit in the middle of a file over, in a new file, since stored ones are read-only. */
    static void flip(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 16;
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.write(file, bytes);
    }
}
