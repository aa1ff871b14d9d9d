// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import io.holdfast.crypto.KeyProvider;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.error.HoldfastException;
import io.holdfast.model.SourceId;
import io.holdfast.repository.Snapshot;
import io.holdfast.repository.StoredItem;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.store.ByteRange;
import io.holdfast.store.InMemoryObjectStore;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectListing;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.PutOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A repository with some history as the bytes of its objects, to be spoilt and looked at: two sources of one tenant, the first with three
 * snapshots, small and large notes, and an index that was built anew.
 */
final class StoredWorld {
    static final SourceId PAPERS = new SourceId("papers");
    static final SourceId DRAFTS = new SourceId("drafts");

    /** What each snapshot holds: by source and number, then by key. */
    final Map<String, Map<String, String>> truth = new TreeMap<>();

    final TreeMap<String, byte[]> objects = new TreeMap<>();
    final List<String> witnesses = new ArrayList<>();

    static KeyProvider key() {
        byte[] raw = new byte[32];
        raw[0] = 7;
        return KeyProviders.raw(raw);
    }

    static StoredWorld make(HoldfastRuntime runtime) {
        StoredWorld world = new StoredWorld();
        ObjectStore store = new InMemoryObjectStore();
        MapConnector papers = new MapConnector(PAPERS.value());
        MapConnector drafts = new MapConnector(DRAFTS.value());
        try (Repository repository = Repository.create(store, key()).on(runtime)) {
            for (int i = 0; i < 12; i++) {
                papers.put("note-" + i, "the text of note " + i);
            }
            papers.put("large", noise(1, 90_000));
            world.backup(repository, runtime, papers);
            papers.put("note-3", "another text of note 3");
            papers.put("large-too", noise(2, 70_000));
            papers.notes.remove("note-4");
            world.backup(repository, runtime, papers);
            drafts.put("draft", "what is not finished yet");
            drafts.put("shared", noise(1, 90_000));
            world.backup(repository, runtime, drafts);
            papers.put("note-12", "the text of note 12");
            world.backup(repository, runtime, papers);
            repository.rebuildIndex();
        }
        world.objects.putAll(read(store));
        return world;
    }

    /** Text that does not compress away. */
    static String noise(long seed, int length) {
        StringBuilder text = new StringBuilder(length);
        long state = seed * 0x9e3779b97f4a7c15L + 1;
        while (text.length() < length) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            text.append((char) (' ' + (state >>> 58)));
        }
        return text.toString();
    }

    private void backup(Repository repository, HoldfastRuntime runtime, MapConnector source) {
        Snapshot snapshot = BackupSession.builder()
                .on(runtime)
                .from(source)
                .into(repository)
                .build()
                .run()
                .snapshot()
                .orElseThrow();
        Map<String, String> contents = new TreeMap<>();
        source.notes.forEach((name, text) -> contents.put(name, new String(text, StandardCharsets.UTF_8)));
        truth.put(snapshot.source() + "/" + snapshot.sequence(), contents);
        witnesses.add(snapshot.witness());
    }

    static TreeMap<String, byte[]> read(ObjectStore store) {
        TreeMap<String, byte[]> all = new TreeMap<>();
        try (ObjectListing listing = store.list("")) {
            while (listing.hasNext()) {
                ObjectName name = listing.next().name();
                try (InputStream in = store.get(name, ByteRange.all())) {
                    all.put(name.value(), in.readAllBytes());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return all;
    }

    /** Makes a store hold exactly these objects. */
    static void write(ObjectStore store, Map<String, byte[]> objects) {
        read(store).keySet().stream()
                .filter(name -> !objects.containsKey(name))
                .forEach(name -> store.delete(new ObjectName(name)));
        objects.forEach((name, bytes) -> store.put(new ObjectName(name), ObjectBody.of(bytes), PutOptions.overwrite()));
    }

    static ObjectStore storeOf(Map<String, byte[]> objects) {
        ObjectStore store = new InMemoryObjectStore();
        write(store, objects);
        return store;
    }

    /** What can be read of all snapshots; a text that is there is never wrong, whatever happened to the objects. */
    Map<String, Map<String, String>> readable(Repository repository) {
        Map<String, Map<String, String>> found = new TreeMap<>();
        for (SourceId source : List.of(PAPERS, DRAFTS)) {
            try {
                for (Snapshot snapshot : repository.snapshots(source)) {
                    Map<String, String> contents = new TreeMap<>();
                    found.put(source + "/" + snapshot.sequence(), contents);
                    repository.items(snapshot, MapConnector.NOTES, item -> text(repository, snapshot, item, contents));
                }
            } catch (HoldfastException unreadable) {
                // what cannot be listed is not found
            }
        }
        return found;
    }

    private static void text(Repository repository, Snapshot snapshot, StoredItem item, Map<String, String> contents) {
        try (InputStream in = repository.read(snapshot, item.entry().parts().get(0))) {
            contents.put(item.entry().name(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (HoldfastException unreadable) {
            // it is left out
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
