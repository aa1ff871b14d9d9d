// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import io.holdfast.crypto.Argon2Cost;
import io.holdfast.crypto.KeyProvider;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import io.holdfast.model.ByteSize;
import io.holdfast.model.ResourceId;
import io.holdfast.model.SourceId;
import io.holdfast.repository.Snapshot;
import io.holdfast.repository.StoredItem;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.source.Part;
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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;

/**
 * A repository with objects of every kind as the bytes of its objects, to be spoilt and looked at: two sources of one tenant, the first with four
 * snapshots of notes, letters with attachments and files of several chunks; merged runs, a ledger, an index that was built anew and packs that it does
 * not name, two key slots, two data keys, leases, and what a session left that did not come to its end.
 */
final class StoredWorld {
    static final SourceId PAPERS = new SourceId("papers");
    static final SourceId DRAFTS = new SourceId("drafts");
    static final ResourceId LETTERS = new ResourceId("letters:1");
    static final ResourceId FILES = new ResourceId("files:1");

    /** What each snapshot holds: by source and number, then by resource and key. */
    final Map<String, Map<String, String>> truth = new TreeMap<>();

    final TreeMap<String, byte[]> objects = new TreeMap<>();
    /** The objects after each snapshot. */
    final List<TreeMap<String, byte[]>> history = new ArrayList<>();

    final List<String> witnesses = new ArrayList<>();

    private final MapConnector papers = new MapConnector(PAPERS.value());
    private final MapConnector drafts = new MapConnector(DRAFTS.value());
    private final ObjectStore store = new InMemoryObjectStore();

    static KeyProvider key() {
        byte[] raw = new byte[32];
        raw[0] = 7;
        return KeyProviders.raw(raw);
    }

    static StoredWorld make(HoldfastRuntime runtime) {
        StoredWorld world = new StoredWorld();
        try (Repository repository = Repository.create(world.store, key()).on(runtime)) {
            world.begin(repository, runtime);
        }
        try (Repository repository = Repository.open(world.store, key()).on(runtime)) {
            world.goOn(repository, runtime);
        }
        world.objects.putAll(read(world.store));
        return world;
    }

    private void begin(Repository repository, HoldfastRuntime runtime) {
        repository.addKey(KeyProviders.passphrase("a second slot".toCharArray(), new Argon2Cost(19 << 10, 1, 1)));
        for (int i = 0; i < 12; i++) {
            papers.put("note-" + i, "the text of note " + i);
        }
        papers.put("large", noise(1, 90_000));
        byte[] film = new byte[2_600_000];
        new Random(3).nextBytes(film);
        papers.put(FILES, "film", new MapConnector.Piece("content", Part.Form.FILE, film));
        papers.put(FILES, "poison", file("nobody can have this"));
        papers.put(LETTERS, "greeting", letter("greeting", noise(4, 20_000)), file("a leaf"));
        papers.put(LETTERS, "answer", letter("answer", noise(5, 3_000)));
        backup(repository, runtime, papers);
        papers.boxes.get(FILES).remove("film");
        papers.put("note-3", "another text of note 3");
        papers.put("large-too", noise(2, 70_000));
        papers.notes.remove("note-4");
        papers.put(LETTERS, "reminder", letter("reminder", noise(4, 20_000)));
        backup(repository, runtime, papers);
        drafts.put("draft", "what is not finished yet");
        drafts.put("shared", noise(1, 90_000));
        backup(repository, runtime, drafts);
        // Enough sessions for the manifest to be merged.
        for (int i = 0; i < 8; i++) {
            drafts.put("draft", "what is not finished yet, version " + i);
            backup(repository, runtime, drafts);
        }
        repository.rebuildIndex();
        repository.rotateDataKey();
    }

    private void goOn(Repository repository, HoldfastRuntime runtime) {
        papers.put("note-12", "the text of note 12");
        backup(repository, runtime, papers);
        papers.put(LETTERS, "answer", letter("answer", noise(6, 3_000)));
        papers.notes.remove("note-5");
        backup(repository, runtime, papers);
        breakOff(repository, runtime);
    }

    private static MapConnector.Piece file(String text) {
        return new MapConnector.Piece("content", Part.Form.FILE, text.getBytes(StandardCharsets.UTF_8));
    }

    private static MapConnector.Piece letter(String subject, String attached) {
        String text = "Subject: " + subject
                + "\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"joint\"\r\n\r\n--joint\r\n"
                + "Content-Type: text/plain\r\n\r\nwhat " + subject + " says\r\n--joint\r\n"
                + "Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(attached.getBytes(StandardCharsets.UTF_8))
                + "\r\n--joint--\r\n";
        return new MapConnector.Piece("original", Part.Form.MESSAGE_FILE, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A session that is stopped after it has stored something leaves a progress record and a pack that no record names. */
    private void breakOff(Repository repository, HoldfastRuntime runtime) {
        drafts.put("late", "what came too late");
        BackupSession session = BackupSession.builder()
                .on(runtime)
                .from(drafts)
                .into(repository)
                .build();
        drafts.afterFetch = session::stop;
        if (session.run().snapshot().isPresent()) {
            throw new IllegalStateException("the session was not broken off");
        }
        drafts.afterFetch = () -> {};
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
                .memoryBudget(ByteSize.mebibytes(40))
                .build()
                .run()
                .snapshot()
                .orElseThrow();
        Map<String, String> contents = new TreeMap<>();
        List<ResourceId> resources = new ArrayList<>(source.boxes.keySet());
        resources.add(MapConnector.NOTES);
        for (ResourceId resource : resources) {
            source.contents(resource).forEach((key, pieces) -> {
                TreeMap<String, String> parts = new TreeMap<>();
                pieces.forEach(piece -> parts.put(piece.name(), hash(piece.bytes())));
                if (!key.startsWith("poison")) {
                    contents.put(resource + "/" + key, parts.toString());
                }
            });
        }
        truth.put(snapshot.source() + "/" + snapshot.sequence(), contents);
        witnesses.add(snapshot.witness());
        history.add(read(store));
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All objects but what the proof of the store left. */
    static TreeMap<String, byte[]> read(ObjectStore store) {
        TreeMap<String, byte[]> all = new TreeMap<>();
        try (ObjectListing listing = store.list("")) {
            while (listing.hasNext()) {
                ObjectName name = listing.next().name();
                if (name.value().startsWith("probe/")) {
                    continue;
                }
                try (InputStream in = store.get(name, ByteRange.all())) {
                    all.put(name.value(), in.readAllBytes());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return all;
    }

    /** Changes a store that has the first objects so that it has the second. */
    static void change(ObjectStore store, Map<String, byte[]> from, Map<String, byte[]> to) {
        from.keySet().stream()
                .filter(name -> !to.containsKey(name))
                .forEach(name -> store.delete(new ObjectName(name)));
        to.forEach((name, bytes) -> {
            if (!Arrays.equals(bytes, from.get(name))) {
                store.put(new ObjectName(name), ObjectBody.of(bytes), PutOptions.overwrite());
            }
        });
    }

    static ObjectStore storeOf(Map<String, byte[]> objects) {
        ObjectStore store = new InMemoryObjectStore();
        change(store, Map.of(), objects);
        return store;
    }

    /** What can be read of all snapshots; what is there is never wrong, whatever happened to the objects. */
    Map<String, Map<String, String>> readable(Repository repository) {
        Map<String, Map<String, String>> found = new TreeMap<>();
        for (String name : truth.keySet()) {
            SourceId source = new SourceId(name.substring(0, name.indexOf('/')));
            long number = Long.parseLong(name.substring(name.indexOf('/') + 1));
            unlessDamaged(() -> {
                Snapshot snapshot = repository.snapshot(source, OptionalLong.of(number));
                Map<String, String> contents = new TreeMap<>();
                found.put(name, contents);
                repository
                        .resources(snapshot)
                        .forEach(resource -> unlessDamaged(() -> repository.items(
                                snapshot,
                                resource.id(),
                                item -> unlessDamaged(() -> {
                                    String parts = parts(repository, snapshot, item);
                                    if (!item.entry().key().value().startsWith("poison")) {
                                        contents.put(
                                                resource.id() + "/"
                                                        + item.entry().key(),
                                                parts);
                                    }
                                }))));
            });
        }
        return found;
    }

    /** What cannot be read is left out. */
    private static void unlessDamaged(Runnable reading) {
        try {
            reading.run();
        } catch (HoldfastException unreadable) {
            if (unreadable.code() == ErrorCode.STORE_UNAVAILABLE) {
                throw unreadable;
            }
        }
    }

    private static String parts(Repository repository, Snapshot snapshot, StoredItem item) {
        TreeMap<String, String> parts = new TreeMap<>();
        item.entry().parts().forEach(part -> {
            try (InputStream in = repository.read(snapshot, part)) {
                parts.put(part.name(), hash(in.readAllBytes()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return parts.toString();
    }
}
