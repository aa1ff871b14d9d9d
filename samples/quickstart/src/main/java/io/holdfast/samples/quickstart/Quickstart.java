// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.quickstart;

import io.holdfast.BackupSession;
import io.holdfast.Holdfast;
import io.holdfast.Repository;
import io.holdfast.RestoreSession;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.repository.Snapshot;
import io.holdfast.repository.VerifyLevel;
import io.holdfast.repository.VerifyRequest;
import io.holdfast.samples.directory.DirectoryConnector;
import io.holdfast.storage.posix.PosixObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** Backs up a folder, changes it, backs it up again, verifies, restores, compares; in a new folder each time. */
public final class Quickstart {
    /** Takes the folder to work in. */
    public static void main(String[] args) throws IOException {
        Path home = Files.createTempDirectory(Files.createDirectories(Path.of(args[0])), "quickstart-");
        Path papers = Files.createDirectories(home.resolve("papers"));
        Files.writeString(papers.resolve("minutes.md"), "Nothing was decided.\n");
        Files.writeString(papers.resolve("offer.txt"), "We are pleased to offer ...\n");
        Files.write(papers.resolve("scan.bin"), new byte[3 << 20]);
        System.out.println("1. A folder with three files: " + papers);

        try (var runtime = Holdfast.runtime().build();
                var key = KeyProviders.passphrase("correct horse battery staple".toCharArray());
                var store = PosixObjectStore.createAt(home.resolve("repository"));
                var repository = Repository.create(store, key).on(runtime)) {
            var source = DirectoryConnector.of("papers", papers);
            Snapshot first = backup("2. First backup:    ", source, repository);
            backup("3. Nothing changed: ", source, repository);
            Files.writeString(papers.resolve("minutes.md"), "Something was decided after all.\n");
            Files.writeString(papers.resolve("reply.txt"), "Thank you for ...\n");
            Files.delete(papers.resolve("offer.txt"));
            System.out.println("4. One file edited, one added, one deleted");
            Snapshot last = backup("5. Second backup:   ", source, repository);

            var verified = repository.verify(VerifyRequest.of(VerifyLevel.CONTENT));
            System.out.println("6. Every stored byte read back: " + (verified.sound() ? "sound" : verified));
            Path today = restore(repository, last, home.resolve("today"));
            System.out.println(
                    "7. Restored, equal to the folder: " + state(today).equals(state(papers)));
            Path before = restore(repository, first, home.resolve("before"));
            System.out.println("8. Back again: " + Files.readString(before.resolve("offer.txt")));
        }
    }

    private static Snapshot backup(String title, DirectoryConnector source, Repository into) {
        var report = BackupSession.builder().from(source).into(into).build().run();
        var items = report.items();
        String counts = "%s %s: %d stored, %d unchanged, %d removed%n";
        System.out.printf(counts, title, report.outcome(), items.stored(), items.unchanged(), items.removed());
        return report.snapshot().orElseThrow();
    }

    private static Path restore(Repository from, Snapshot snapshot, Path folder) {
        var restore = RestoreSession.builder().from(from).snapshot(snapshot);
        restore.to(DirectoryConnector.restoreUnder(folder)).build().run();
        return folder;
    }

    /** Name, time and bytes of everything in a folder. */
    private static String state(Path folder) throws IOException {
        StringBuilder state = new StringBuilder();
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path file : tree.sorted().toList()) {
                int bytes = Files.isDirectory(file) ? 0 : Arrays.hashCode(Files.readAllBytes(file));
                state.append(folder.relativize(file) + " " + Files.getLastModifiedTime(file) + " " + bytes + "\n");
            }
        }
        return state.toString();
    }
}
