// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.embedding;

import io.holdfast.BackupReport;
import io.holdfast.BackupSession;
import io.holdfast.Holdfast;
import io.holdfast.Repository;
import io.holdfast.crypto.KeyProvider;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.model.ByteSize;
import io.holdfast.repository.Snapshot;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.samples.directory.DirectoryConnector;
import io.holdfast.storage.posix.PosixObjectStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A process that backs up as one of its duties: one runtime for all it does, two repositories, an orderly stop in the middle, and another
 * session that goes on from there.
 */
public final class Host {
    private final HoldfastRuntime runtime;
    private final PrintStream out;

    Host(HoldfastRuntime runtime, PrintStream out) {
        this.runtime = runtime;
        this.out = out;
    }

    /** Takes the folder to work in. */
    public static void main(String[] args) throws IOException {
        Path home = Files.createTempDirectory(Files.createDirectories(Path.of(args[0])), "embedding-");
        // One runtime for the whole process. It owns the threads, and its memory budget holds for all sessions
        // together.
        try (HoldfastRuntime runtime = Holdfast.runtime()
                .parallelism(4)
                .memory(ByteSize.mebibytes(128))
                .build()) {
            new Host(runtime, System.out).run(home, 4000);
        }
    }

    void run(Path home, int files) throws IOException {
        Path data = Files.createDirectories(home.resolve("data"));
        for (int i = 0; i < files; i++) {
            Files.writeString(data.resolve("record-" + i + ".json"), "{\"number\":" + i + "}\n");
        }
        var source = DirectoryConnector.of("data", data);
        try (KeyProvider key = KeyProviders.raw(newKey());
                PosixObjectStore nearStore = PosixObjectStore.createAt(home.resolve("near"));
                PosixObjectStore farStore = PosixObjectStore.createAt(home.resolve("far"));
                Repository near = Repository.create(nearStore, key).on(runtime);
                Repository far = Repository.create(farStore, key).on(runtime)) {
            out.println("1. Into the near repository, and stopped on the way");
            tell(backUp(source, near, files / 3));
            out.println("2. The same again: what the first session stored is not read once more");
            tell(backUp(source, near, Long.MAX_VALUE));
            out.println("3. Into the far repository, on the same runtime");
            tell(backUp(source, far, Long.MAX_VALUE));
            compare(
                    near.latest(source.id()).orElseThrow(),
                    far.latest(source.id()).orElseThrow());
        }
    }

    private BackupReport backUp(DirectoryConnector source, Repository repository, long stopAfter) {
        AtomicReference<@Nullable BackupSession> running = new AtomicReference<>();
        LongConsumer stop = items -> {
            BackupSession session = running.get();
            if (items >= stopAfter && session != null) {
                session.stop(); // from any thread: a checkpoint, and then run() returns
            }
        };
        BackupSession session = BackupSession.builder()
                .on(runtime)
                .from(source)
                .into(repository)
                .listener(new ProgressLine(out, stop))
                .build();
        running.set(session);
        return session.run();
    }

    private void tell(BackupReport report) {
        var items = report.items();
        out.println("   " + report.outcome() + ": " + items.stored() + " stored, " + items.unchanged() + " unchanged");
    }

    /** The digest of a snapshot depends on the items and the repository key alone, whatever way led there. */
    private void compare(Snapshot one, Snapshot other) {
        out.println("4. Both hold the same " + one.items() + " items: "
                + one.digest().equals(other.digest()));
    }

    private byte[] newKey() {
        byte[] key = new byte[32];
        runtime.randomness().fill(key);
        return key;
    }
}
