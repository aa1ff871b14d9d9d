// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import io.holdfast.crypto.Encryptor;
import io.holdfast.crypto.KeyProvider;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.internal.format.Descriptor;
import io.holdfast.internal.format.LeaseRecord;
import io.holdfast.internal.format.RetireList;
import io.holdfast.internal.format.RetireListCodec;
import io.holdfast.internal.format.SnapshotRecord;
import io.holdfast.internal.seal.EnvelopeKind;
import io.holdfast.internal.seal.EnvelopeName;
import io.holdfast.manifest.ManifestDigest;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.store.InMemoryObjectStore;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.PutOptions;
import io.holdfast.store.StoreCapabilities;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;

/** A store, a clock and processes that share them. */
final class World {
    static final StoreCapabilities ABLE = new StoreCapabilities(true, true, true, true, false, true);
    static final StoreCapabilities FORKING = StoreCapabilities.basic();
    static final SnapshotDraft.Origin ORIGIN = new SnapshotDraft.Origin("acme", "local", "test");
    private static final byte[] KEY = new byte[32];

    final TestTime time = new TestTime();
    final InMemoryObjectStore store;
    final Set<Long> alive = new HashSet<>();
    private final SplittableRandom random;

    World(StoreCapabilities capabilities, long seed) {
        this.store = new InMemoryObjectStore(capabilities, time);
        this.random = new SplittableRandom(seed);
    }

    static World conditional() {
        return new World(ABLE, 1);
    }

    static World forking() {
        return new World(FORKING, 1);
    }

    static KeyProvider key() {
        return key(7);
    }

    static KeyProvider key(int fill) {
        byte[] key = KEY.clone();
        Arrays.fill(key, (byte) fill);
        return KeyProviders.raw(key);
    }

    HoldfastRuntime runtime() {
        SplittableRandom own = random.split();
        return HoldfastRuntime.builder()
                .workers(Executors.newSingleThreadExecutor(task -> {
                    Thread thread = new Thread(task);
                    thread.setDaemon(true);
                    return thread;
                }))
                .time(time)
                .simulatedRandomness(own::nextBytes)
                .build();
    }

    RepositorySite site(ObjectStore seen, Witness witness) {
        return new RepositorySite(seen, runtime(), Encryptor.aes256Gcm(), witness);
    }

    RepositorySite site() {
        return site(store, Witness.none());
    }

    UnlockedRepository create() {
        return new RepositoryCreation(site()).create(key(), Descriptor.Parameters.DEFAULT);
    }

    UnlockedRepository open(ObjectStore seen, Witness witness) {
        return new RepositoryOpening(site(seen, witness)).open(key());
    }

    Session session(long pid) {
        return session(pid, store, Witness.none());
    }

    Session session(long pid, ObjectStore seen, Witness witness) {
        return new Session(this, pid, open(seen, witness), witness);
    }

    /** What a process has at hand. */
    static final class Session {
        final UnlockedRepository repository;
        final RetireLists retired;
        final SnapshotLog log;
        final ProgressLog progress;
        final Leases leases;
        final LineageClaim.Parts parts;

        Session(World world, long pid, UnlockedRepository repository, Witness witness) {
            this.repository = repository;
            String lineage = repository.keys().lineageName("acme", "");
            this.retired = RetireLists.read(repository);
            this.log = new SnapshotLog(repository, lineage, retired, witness);
            this.progress = new ProgressLog(repository, lineage, retired);
            world.alive.add(pid);
            this.leases = new Leases(repository, new Identity(world, pid), LeaseTiming.DEFAULT);
            this.parts = new LineageClaim.Parts(log, progress, leases, retired);
        }

        LineageClaim claim() {
            return LineageClaim.of(parts, ORIGIN, repository.runtime().time().now());
        }

        StoredRecord commit(Head head, String marker) {
            return log.commit(head, draft(Math.max(1, head.highestEpoch()), retired.newest(), marker));
        }

        StoredRecord commit(String marker) {
            return commit(log.head(), marker);
        }
    }

    static SnapshotDraft draft(long epoch, long seen, String marker) {
        Instant now = Instant.parse("2030-01-01T00:00:00Z");
        SnapshotRecord.State state = new SnapshotRecord.State(
                List.of(),
                marker.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                ManifestDigest.empty(),
                true,
                Map.of("items", 1L));
        return new SnapshotDraft(
                SnapshotRecord.Type.SNAPSHOT,
                ORIGIN,
                epoch,
                seen,
                Map.of(),
                new SnapshotDraft.Content(state, List.of(), List.of("data/ab/" + "ab".repeat(32))),
                "",
                new SnapshotRecord.Times(now, now),
                new byte[0]);
    }

    static String marker(StoredRecord stored) {
        return new String(stored.record().state().inlineTable(), java.nio.charset.StandardCharsets.UTF_8);
    }

    void retire(UnlockedRepository repository, String stage, RetireList list) {
        EnvelopeKind kind = stage.isEmpty()
                ? EnvelopeKind.RETIRE_LIST
                : stage.equals(".closing") ? EnvelopeKind.RETIRE_CLOSING : EnvelopeKind.RETIRE_CLOSED;
        byte[] bytes = repository
                .keys()
                .envelopes()
                .seal(EnvelopeName.of(kind, list.number()), new byte[0], RetireListCodec.encode(list));
        ObjectName name = new ObjectName(ObjectNames.RETIRED + ObjectNames.digits(list.number()) + stage);
        store.put(name, ObjectBody.of(bytes), PutOptions.overwrite());
    }

    List<String> names(String prefix) {
        return StoredBytes.below(store, prefix).stream()
                .map(rest -> prefix + rest)
                .toList();
    }

    /** A process of one machine, alive while the world says so; processes from 1000 on run elsewhere. */
    private record Identity(World world, long pid) implements ProcessIdentity {
        @Override
        public LeaseRecord.Owner self() {
            return new LeaseRecord.Owner(pid < 1000 ? "here" : "elsewhere", pid, "1", "machine", "boot", "space");
        }

        @Override
        public Liveness livenessOf(LeaseRecord.Owner owner) {
            if (!owner.host().equals(self().host())) {
                return Liveness.UNKNOWN;
            }
            return world.alive.contains(owner.pid()) ? Liveness.ALIVE : Liveness.GONE;
        }
    }
}
