// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.BackupSession;
import io.holdfast.Holdfast;
import io.holdfast.Repository;
import io.holdfast.crypto.KeyProvider;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.error.CommitLostException;
import io.holdfast.error.RepositoryBusyException;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ResourceId;
import io.holdfast.repository.VerifyLevel;
import io.holdfast.repository.VerifyRequest;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.store.ByteRange;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.PutOptions;
import io.holdfast.store.PutResult;
import io.holdfast.testkit.InMemorySource;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * Sixteen writers, each with a handle of its own, want the same number; {@code -Dholdfast.rounds=200} lets them do so more often. Where the service
 * ignores conditions, whole sessions do: {@code -Dholdfast.sessions=16 -Dholdfast.session.rounds=200} lets more of them, and longer.
 */
@EnabledIfEnvironmentVariable(named = Ceph.ENDPOINT, matches = ".+", disabledReason = "no Ceph runs here")
final class RacesTest {
    private static final int WRITERS = 16;
    private static final int SESSIONS = Integer.getInteger("holdfast.sessions", 4);
    private static final KeyProvider KEY = KeyProviders.raw(new byte[32]);
    private static final int ROUNDS = Integer.getInteger("holdfast.rounds", 20);
    private static final int SESSION_ROUNDS = Integer.getInteger("holdfast.session.rounds", 3);

    private final List<ObjectStore> handles = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);

    @AfterEach
    void close() {
        threads.shutdown();
        handles.forEach(ObjectStore::close);
    }

    /** Lets all create an object of one name at once, and gives the numbers of those who were told that they did. */
    private List<Integer> race(ObjectName name) throws InterruptedException, ExecutionException {
        CountDownLatch start = new CountDownLatch(WRITERS);
        List<Future<PutResult>> results = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            results.add(threads.submit(() -> {
                start.countDown();
                start.await();
                return handles.get(writer)
                        .put(name, ObjectBody.of(new byte[] {(byte) writer}), PutOptions.createOnly());
            }));
        }
        List<Integer> winners = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            if (results.get(i).get() == PutResult.WRITTEN) {
                winners.add(i);
            }
        }
        return winners;
    }

    private int read(ObjectName name, int reader) throws IOException {
        try (InputStream in = handles.get(reader).get(name, ByteRange.all())) {
            return in.read();
        }
    }

    @Test
    void oneOfThemWinsAndAllReadHisBytes() throws Exception {
        String bucket = Ceph.server().bucket();
        for (int i = 0; i < WRITERS; i++) {
            handles.add(S3Server.retrying(Ceph.server().store(bucket).open()));
        }
        for (int round = 1; round <= ROUNDS; round++) {
            ObjectName number = new ObjectName("snapshots/aa/" + round);

            List<Integer> winners = race(number);

            assertThat(winners).as("round %d", round).hasSize(1);
            assertThat(read(number, (winners.get(0) + 1) % WRITERS)).isEqualTo(winners.get(0));
        }
    }

    /** What a session was told: the witness of its snapshot, or nothing if another one had the lease or the number. */
    private static Optional<String> session(ObjectStore store, InMemorySource source) {
        try (HoldfastRuntime runtime = Holdfast.runtime().build();
                Repository repository = Repository.open(store, KEY).on(runtime)) {
            return BackupSession.builder()
                    .on(runtime)
                    .from(source)
                    .into(repository)
                    .build()
                    .run()
                    .snapshot()
                    .map(snapshot -> snapshot.sequence() + ":" + snapshot.hash());
        } catch (RepositoryBusyException | CommitLostException another) {
            return Optional.empty();
        }
    }

    @Test
    void whereConditionsAreIgnoredNoSessionThatWasToldOfItsSnapshotLosesIt() throws Exception {
        String bucket = Ceph.server().lockedBucket();
        for (int i = 0; i < SESSIONS; i++) {
            handles.add(S3Server.retrying(
                    Ceph.server().store(bucket).objectLock(LockMode.GOVERNANCE).open()));
        }
        InMemorySource source = InMemorySource.create("notes");
        ResourceId box = source.addResource("box", "ana");
        ItemKey folder = source.addFolder(box, "inbox");
        try (HoldfastRuntime runtime = Holdfast.runtime().build()) {
            Repository.create(handles.get(0), KEY).on(runtime).close();
        }
        List<String> told = new ArrayList<>();
        for (int round = 1; round <= SESSION_ROUNDS; round++) {
            source.add(box, folder, "note " + round, new byte[] {(byte) round});
            List<Future<Optional<String>>> sessions = new ArrayList<>();
            for (ObjectStore handle : handles) {
                sessions.add(threads.submit(() -> session(handle, source)));
            }
            for (Future<Optional<String>> each : sessions) {
                each.get().ifPresent(told::add);
            }
        }

        assertThat(told).isNotEmpty().doesNotHaveDuplicates();
        List<List<String>> seen = new ArrayList<>();
        for (ObjectStore handle : handles) {
            try (HoldfastRuntime runtime = Holdfast.runtime().build();
                    Repository repository = Repository.open(handle, KEY).on(runtime)) {
                seen.add(repository.snapshots(source.id()).stream()
                        .map(snapshot -> snapshot.sequence() + ":" + snapshot.hash())
                        .toList());
            }
        }
        assertThat(seen.get(0)).as("every snapshot that was told of").containsAll(told);
        assertThat(seen).as("all readers name the same").allMatch(seen.get(0)::equals);
        assertSound(handles.get(0));
    }

    private static void assertSound(ObjectStore store) {
        try (HoldfastRuntime runtime = Holdfast.runtime().build();
                Repository repository = Repository.open(store, KEY).on(runtime)) {
            assertThat(repository.verify(VerifyRequest.of(VerifyLevel.CONTENT)).damages())
                    .isEmpty();
        }
    }
}
