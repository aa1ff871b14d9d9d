// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.simulation;

import io.holdfast.BackupReport;
import io.holdfast.BackupSession;
import io.holdfast.Holdfast;
import io.holdfast.Repository;
import io.holdfast.crypto.KeyProvider;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.error.HoldfastException;
import io.holdfast.model.ByteSize;
import io.holdfast.model.ResourceId;
import io.holdfast.model.SourceId;
import io.holdfast.observe.SessionEvent;
import io.holdfast.repository.Snapshot;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.source.SourceConnector;
import io.holdfast.store.InMemoryObjectStore;
import io.holdfast.store.ObjectStore;
import io.holdfast.testkit.DirectExecutor;
import io.holdfast.testkit.ScriptedSource;
import io.holdfast.testkit.ScriptedTenant;
import io.holdfast.testkit.SeededRandomness;
import io.holdfast.testkit.SimTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** A machine, a tenant, a source and a store; sessions are processes that come and go. For one thread. */
final class SimulatedWorld {
    static final String SOURCE = "scripted";
    private static final byte[] KEY = {
        7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7
    };

    final SeededRandomness random;
    final SimTime time = SimTime.create();
    final ScriptedTenant tenant = new ScriptedTenant(time);
    final ScriptedSource source;
    final ObjectStore store = new InMemoryObjectStore();
    /** Every session of a world is watched. */
    final MemoryWatch memory = new MemoryWatch();

    final List<SessionEvent> events = new ArrayList<>();
    /** The session that was begun last. */
    Optional<BackupSession> running = Optional.empty();

    private final ByteSize size;
    private long processes;

    SimulatedWorld(long seed) {
        this.random = new SeededRandomness(seed);
        this.size = ByteSize.mebibytes(25 + random.branch("memory").nextInt(40));
        this.source = new ScriptedSource(SOURCE, tenant, random.branch("source"));
        create(store);
    }

    static KeyProvider key() {
        return KeyProviders.raw(KEY.clone());
    }

    /** A new process: nothing of an earlier one is known to it. */
    HoldfastRuntime process() {
        return Holdfast.runtime()
                .time(time)
                .simulatedRandomness(random.branch("process " + processes++))
                .workers(new DirectExecutor())
                .parallelism(1)
                .memory(size)
                .build();
    }

    private void create(ObjectStore into) {
        try (HoldfastRuntime runtime = process()) {
            Repository.create(into, key()).on(runtime).close();
        }
    }

    BackupReport backup() {
        return backup(store, session -> {});
    }

    BackupReport backup(ObjectStore through, Consumer<BackupSession.Builder> more) {
        return backup(source, through, more);
    }

    BackupReport backup(SourceConnector from, ObjectStore through, Consumer<BackupSession.Builder> more) {
        try (HoldfastRuntime runtime = process();
                Repository repository = Repository.open(through, key()).on(runtime)) {
            BackupSession.Builder session = BackupSession.builder()
                    .on(runtime)
                    .from(memory.watching(from))
                    .into(repository)
                    .listener(events::add);
            more.accept(session);
            BackupSession built = session.build();
            running = Optional.of(built);
            return watched(built);
        }
    }

    /** Only a process that died gives nothing back. */
    private BackupReport watched(BackupSession session) {
        try {
            BackupReport report = session.run();
            memory.requireAllGivenBack();
            return report;
        } catch (HoldfastException ended) {
            memory.requireAllGivenBack();
            throw ended;
        }
    }

    /** The same source state in a repository that saw nothing else. */
    Snapshot backupOfFreshRepository() {
        ObjectStore fresh = new InMemoryObjectStore();
        create(fresh);
        ScriptedSource calm = new ScriptedSource(SOURCE, tenant, new SeededRandomness(1)).pageSize(100);
        return backup(calm, fresh, session -> {}).snapshot().orElseThrow();
    }

    <T> T reading(Function<Repository, T> use) {
        try (HoldfastRuntime runtime = process();
                Repository repository = Repository.open(store, key()).on(runtime)) {
            return use.apply(repository);
        }
    }

    List<Snapshot> snapshots() {
        return reading(repository -> repository.snapshots(new SourceId(SOURCE)));
    }

    /** What the newest snapshot gives back of a resource, by key. */
    Map<String, String> stored(String resource) {
        return reading(repository -> Restored.of(repository, newest(repository), new ResourceId(resource)));
    }

    /** What the newest snapshot ought to give back of a resource, by key. */
    Map<String, String> model(String resource) {
        Map<String, String> texts = new TreeMap<>();
        tenant.items(resource).forEach((key, placed) -> texts.put(key.value(), Restored.of(placed.item())));
        return texts;
    }

    /** The paths of all items of a resource. */
    List<List<String>> paths(String resource) {
        List<List<String>> paths = new ArrayList<>();
        reading(repository -> {
            repository.items(newest(repository), new ResourceId(resource), item -> paths.add(item.path()));
            return paths;
        });
        return paths;
    }

    private static Snapshot newest(Repository repository) {
        return repository.snapshot(new SourceId(SOURCE), OptionalLong.empty());
    }

    /** Whether the newest session continued one that was broken off. */
    boolean lastSessionResumed() {
        for (int i = events.size() - 1; i >= 0; i--) {
            if (events.get(i) instanceof SessionEvent.SessionStarted started) {
                return started.resumed();
            }
        }
        return false;
    }
}
