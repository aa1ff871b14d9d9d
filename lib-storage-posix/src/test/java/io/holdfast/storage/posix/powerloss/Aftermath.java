// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.posix.powerloss;

import io.holdfast.Holdfast;
import io.holdfast.Repository;
import io.holdfast.crypto.KeyProvider;
import io.holdfast.error.HoldfastException;
import io.holdfast.manifest.PartEntry;
import io.holdfast.model.ResourceId;
import io.holdfast.model.SourceId;
import io.holdfast.repository.Snapshot;
import io.holdfast.repository.VerifyLevel;
import io.holdfast.repository.VerifyReport;
import io.holdfast.repository.VerifyRequest;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.storage.posix.PosixObjectStore;
import io.holdfast.store.ByteRange;
import io.holdfast.store.ObjectListing;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Looks at a repository after the power came back, and goes on with it. */
final class Aftermath {
    private static final String HASHED = "(data|meta|runs)/../[0-9a-f]{64}";

    private final long seed;
    private final Told told;
    private final List<String> lost = new ArrayList<>();
    private final List<String> torn = new ArrayList<>();

    Aftermath(long seed, Told told) {
        this.seed = seed;
        this.told = told;
    }

    /** Acknowledged, and not there, or not as it was. */
    List<String> lost() {
        return lost;
    }

    /** There, and not whole. */
    List<String> torn() {
        return torn;
    }

    void inspect(Path folder, Path cache) throws IOException {
        try (HoldfastRuntime runtime = Holdfast.runtime().build();
                KeyProvider key = Writer.key();
                ObjectStore store = PosixObjectStore.createAt(folder)) {
            lookAtObjects(store);
            try (Repository repository = reopen(store, key, cache, runtime)) {
                lookAtSnapshots(repository);
                verify(repository, Optional.empty());
                goOn(repository);
            }
        } catch (HoldfastException e) {
            lost.add("cannot go on: " + e);
        }
    }

    /** Opens what was created; what was not, or not quite, is created by the same call again. */
    private Repository reopen(ObjectStore store, KeyProvider key, Path cache, HoldfastRuntime runtime) {
        try {
            return Repository.open(store, key).cache(cache).on(runtime);
        } catch (HoldfastException e) {
            if (told.created()) {
                throw e;
            }
            return Repository.create(store, key).cache(cache).on(runtime);
        }
    }

    /** No object is visible under its name unless all of it is there. */
    private void lookAtObjects(ObjectStore store) throws IOException {
        try (ObjectListing listing = store.list("")) {
            while (listing.hasNext()) {
                ObjectName name = listing.next().name();
                try (InputStream in = store.get(name, ByteRange.all())) {
                    byte[] bytes = in.readAllBytes();
                    boolean whole =
                            !name.value().matches(HASHED) || name.value().endsWith(sha256(bytes));
                    if (!whole || bytes.length == 0) {
                        torn.add(name + ", " + bytes.length + " bytes");
                    }
                }
            }
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private void lookAtSnapshots(Repository repository) throws IOException {
        Map<Long, Snapshot> there = new TreeMap<>();
        for (Snapshot each : repository.snapshots(new SourceId(World.SOURCE))) {
            there.put(each.sequence(), each);
        }
        for (Map.Entry<Long, Told.Acknowledged> each : told.acknowledged().entrySet()) {
            Snapshot snapshot = there.remove(each.getKey());
            Told.Acknowledged was = each.getValue();
            if (snapshot == null || !snapshot.hash().equals(was.hash())) {
                lost.add("snapshot " + each.getKey() + " of " + was + "; there is " + snapshot);
            } else if (!World.at(seed, was.steps()).state().equals(state(repository, snapshot))) {
                lost.add("snapshot " + each.getKey() + " holds something else than the source at step " + was.steps());
            }
        }
        // The one that was under way may have been committed, and nobody told so.
        for (Snapshot unheard : there.values()) {
            Map<String, String> held = state(repository, unheard);
            if (!World.at(seed, told.tried()).state().equals(held)) {
                torn.add("snapshot " + unheard.sequence() + " holds what the source never was when it was made");
            }
            told.add(unheard.sequence(), unheard.hash(), told.tried());
        }
    }

    private static Map<String, String> state(Repository repository, Snapshot snapshot) {
        Map<String, String> state = new TreeMap<>();
        repository.items(snapshot, new ResourceId("notes"), item -> {
            StringBuilder text = new StringBuilder(item.entry().name());
            for (PartEntry part : item.entry().parts()) {
                try (InputStream in = repository.read(snapshot, part)) {
                    text.append(World.text(in.readAllBytes()));
                } catch (IOException e) {
                    text.append(" unreadable: ").append(e);
                }
            }
            state.put(item.entry().key().value(), text.toString());
        });
        return state;
    }

    private void verify(Repository repository, Optional<String> witness) {
        VerifyReport report = repository.verify(new VerifyRequest(VerifyLevel.CONTENT, 100, witness));
        report.damages().forEach(each -> torn.add(each.toString()));
    }

    /** The next session works, and what it says is so. */
    private void goOn(Repository repository) {
        World world = World.at(seed, told.tried() + 1);
        Snapshot snapshot = Writer.backup(world, repository);
        if (!world.state().equals(state(repository, snapshot))) {
            lost.add("the session after it stored something else than the source");
        }
        told.nowCreated();
        told.add(snapshot.sequence(), snapshot.hash(), told.tried() + 1);
        verify(repository, Optional.of(snapshot.witness()));
    }
}
