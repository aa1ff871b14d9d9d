// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.posix.powerloss;

import io.holdfast.BackupReport;
import io.holdfast.BackupSession;
import io.holdfast.Holdfast;
import io.holdfast.Repository;
import io.holdfast.RepositoryBuilder;
import io.holdfast.crypto.KeyProvider;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.repository.Snapshot;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.storage.posix.PosixObjectStore;
import io.holdfast.store.ObjectStore;
import java.nio.file.Path;
import java.util.Arrays;

/** A process that backs up one state after the other until its disk is gone, and says what it was told. */
final class Writer {
    /** It starts to work. */
    static final String READY = "READY";
    /** The repository was created. */
    static final String CREATED = "CREATED";
    /** A session starts; with the steps that the source has taken. */
    static final String TRIED = "TRIED";
    /** A session ended well; with the steps, and number and hash of its snapshot. */
    static final String DONE = "DONE";

    private Writer() {}

    /** Takes seed, steps, the folder of the repository, the folder of the cache, and {@code create} or {@code open}. */
    public static void main(String[] args) {
        World world = World.at(Long.parseLong(args[0]), Integer.parseInt(args[1]));
        say(READY);
        try (HoldfastRuntime runtime = Holdfast.runtime().build();
                KeyProvider key = key();
                ObjectStore store = PosixObjectStore.createAt(Path.of(args[2]));
                Repository repository = builder(store, key, args[4].equals("create"))
                        .cache(Path.of(args[3]))
                        .on(runtime)) {
            say(CREATED);
            for (int steps = Integer.parseInt(args[1]); ; steps++) {
                say(TRIED + " " + steps);
                Snapshot snapshot = backup(world, repository);
                say(DONE + " " + steps + " " + snapshot.witness());
                world.step();
            }
        }
    }

    static KeyProvider key() {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) 7);
        return KeyProviders.raw(key);
    }

    private static RepositoryBuilder builder(ObjectStore store, KeyProvider key, boolean create) {
        return create ? Repository.create(store, key) : Repository.open(store, key);
    }

    static Snapshot backup(World world, Repository repository) {
        BackupReport report = BackupSession.builder()
                .from(world.source())
                .into(repository)
                .build()
                .run();
        if (report.outcome() != BackupReport.Outcome.COMPLETE) {
            throw new IllegalStateException("not complete: " + report);
        }
        return report.snapshot().orElseThrow();
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
