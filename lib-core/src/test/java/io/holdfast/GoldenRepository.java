// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import io.holdfast.crypto.Argon2Cost;
import io.holdfast.crypto.KeyProvider;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.manifest.PartEntry;
import io.holdfast.repository.OpenFailure;
import io.holdfast.repository.Snapshot;
import io.holdfast.repository.StoredItem;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A repository that was written once: its objects as files, or what differs from the sound one, and what is expected of it.
 *
 * @param name the name of its folder
 * @param objects its objects by name
 * @param expected what is expected
 */
record GoldenRepository(String name, TreeMap<String, byte[]> objects, Properties expected) {
    static final Path FOLDER = Path.of("src/test/resources/golden/v1");
    static final String SOUND = "sound";
    private static final String OBJECTS = "objects";
    private static final String EXPECTED = "expected.properties";

    static KeyProvider rawKey() {
        byte[] key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        return KeyProviders.raw(key);
    }

    static KeyProvider passphrase() {
        return KeyProviders.passphrase(
                "a golden passphrase".getBytes(StandardCharsets.UTF_8), new Argon2Cost(19 << 10, 1, 1));
    }

    static List<String> names() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    static GoldenRepository read(String name) throws IOException {
        Path folder = FOLDER.resolve(name);
        Properties expected = new Properties();
        try (InputStream in = Files.newInputStream(folder.resolve(EXPECTED))) {
            expected.load(in);
        }
        TreeMap<String, byte[]> objects =
                name.equals(SOUND) ? new TreeMap<>() : read(SOUND).objects();
        Path root = folder.resolve(OBJECTS);
        if (Files.isDirectory(root)) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    objects.put(root.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
                }
            }
        }
        for (String gone : expected.getProperty("deleted", "").split(" ")) {
            objects.remove(gone);
        }
        return new GoldenRepository(name, objects, expected);
    }

    void write() throws IOException {
        Path folder = Files.createDirectories(FOLDER.resolve(name));
        for (Map.Entry<String, byte[]> object : objects.entrySet()) {
            Path file = folder.resolve(OBJECTS).resolve(object.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, object.getValue());
        }
        List<String> lines = new ArrayList<>();
        new TreeMap<>(expected).forEach((key, value) -> lines.add(key + " = " + value));
        Files.write(folder.resolve(EXPECTED), lines, StandardCharsets.ISO_8859_1);
    }

    ObjectStore store() {
        ObjectStore store = new InMemoryObjectStore();
        objects.forEach(
                (object, bytes) -> store.put(new ObjectName(object), ObjectBody.of(bytes), PutOptions.overwrite()));
        return store;
    }

    static TreeMap<String, byte[]> objects(ObjectStore store) {
        TreeMap<String, byte[]> objects = new TreeMap<>();
        try (ObjectListing listing = store.list("")) {
            while (listing.hasNext()) {
                ObjectName object = listing.next().name();
                try (InputStream in = store.get(object, ByteRange.all())) {
                    objects.put(object.value(), in.readAllBytes());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return objects;
    }

    /** What a repository holds: digests, the bytes of every part by their hash, open failures. */
    static Properties contents(Repository repository) throws IOException {
        Properties contents = new Properties();
        for (Snapshot snapshot : repository.snapshots(GoldenSource.ID)) {
            String prefix = "snapshot." + snapshot.sequence() + ".";
            contents.setProperty(prefix + "digest", snapshot.digest().toString());
            List<StoredItem> items = new ArrayList<>();
            repository.items(snapshot, GoldenSource.MAILBOX, items::add);
            for (StoredItem item : items) {
                String key = HexFormat.of().formatHex(item.entry().key().value().getBytes(StandardCharsets.UTF_8));
                contents.setProperty(prefix + "item." + key, sha256OfParts(repository, snapshot, item));
            }
        }
        List<OpenFailure> failures = new ArrayList<>();
        repository.failures(GoldenSource.ID, failures::add);
        failures.forEach(failure -> contents.setProperty(
                "failure." + failure.key(), failure.condition() + " " + failure.cause() + " " + failure.code()));
        return contents;
    }

    private static String sha256OfParts(Repository repository, Snapshot snapshot, StoredItem item) throws IOException {
        List<String> parts = new ArrayList<>();
        for (PartEntry part : item.entry().parts()) {
            try (InputStream in = repository.read(snapshot, part)) {
                parts.add(part.name() + ":"
                        + HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(in.readAllBytes())));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }
        return String.join(" ", parts);
    }
}
