// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.BackupSession;
import io.holdfast.Holdfast;
import io.holdfast.Repository;
import io.holdfast.RestoreDestination;
import io.holdfast.RestoreReport;
import io.holdfast.RestoreSession;
import io.holdfast.crypto.KeyProvider;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.model.ByteSize;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ResourceId;
import io.holdfast.repository.Snapshot;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.source.SourceItem;
import io.holdfast.store.InMemoryObjectStore;
import io.holdfast.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A source with notes in a folder and in one below it, several of one name, and a repository that holds them; one thread does everything. */
final class RestoreWorld {
    static final int NOTES = 5;

    final InMemorySource source = InMemorySource.create("notes");
    final ResourceId box = source.addResource("notes:ana", "ana");
    final ItemKey inbox = source.addFolder(box, "inbox");
    final List<ItemKey> notes = new ArrayList<>();
    final Snapshot first;
    private final SimTime time = SimTime.create();
    private final ObjectStore store = new InMemoryObjectStore();

    RestoreWorld() {
        ItemKey deep = source.addFolder(box, inbox, "deep");
        for (int i = 0; i < NOTES; i++) {
            notes.add(source.add(box, i % 2 == 0 ? inbox : deep, i < NOTES - 1 ? "note" : "other", text("old", i)));
        }
        try (HoldfastRuntime runtime = process()) {
            Repository.create(store, key()).on(runtime).close();
        }
        first = backUp();
    }

    private static KeyProvider key() {
        return KeyProviders.raw(new SeededRandomness(7).bytes(32));
    }

    private HoldfastRuntime process() {
        return Holdfast.runtime()
                .time(time)
                .simulatedRandomness(new SeededRandomness(3))
                .workers(new DirectExecutor())
                .parallelism(1)
                .memory(ByteSize.mebibytes(64))
                .build();
    }

    Snapshot backUp() {
        try (HoldfastRuntime runtime = process();
                Repository repository = Repository.open(store, key()).on(runtime)) {
            return BackupSession.builder()
                    .on(runtime)
                    .from(source)
                    .into(repository)
                    .build()
                    .run()
                    .snapshot()
                    .orElseThrow();
        }
    }

    /** A restore of the first snapshot by a process of its own. */
    RestoreReport restore(RestoreDestination to, Consumer<RestoreSession.Builder> more) {
        return restore(first, to, more, session -> {});
    }

    RestoreReport restore(
            Snapshot snapshot,
            RestoreDestination to,
            Consumer<RestoreSession.Builder> more,
            Consumer<RestoreSession> begun) {
        try (HoldfastRuntime runtime = process();
                Repository repository = Repository.open(store, key()).on(runtime)) {
            RestoreSession.Builder builder = RestoreSession.builder()
                    .on(runtime)
                    .from(repository)
                    .snapshot(snapshot)
                    .to(to);
            more.accept(builder);
            RestoreSession session = builder.build();
            begun.accept(session);
            return session.run();
        }
    }

    static byte[] text(String state, int note) {
        return (state + " text of note " + note).getBytes(UTF_8);
    }

    void changeAll(String state) {
        for (int i = 0; i < NOTES; i++) {
            source.change(box, notes.get(i), text(state, i));
        }
    }

    void deleteAll() {
        source.delete(box, inbox);
    }

    /** How often each content is in the source. */
    Map<String, Integer> contents() {
        Map<String, Integer> counts = new TreeMap<>();
        for (SourceItem item : source.items(box)) {
            source.content(box, item.key(), "content")
                    .ifPresent(bytes -> counts.merge(new String(bytes, UTF_8), 1, Integer::sum));
        }
        return counts;
    }

    /** Each note once in each of some states. */
    static Map<String, Integer> once(String... states) {
        Map<String, Integer> counts = new TreeMap<>();
        for (String state : states) {
            for (int i = 0; i < NOTES; i++) {
                counts.put(new String(text(state, i), UTF_8), 1);
            }
        }
        return counts;
    }

    long folders() {
        return source.items(box).stream()
                .filter(item -> item.kind().container())
                .count();
    }
}
