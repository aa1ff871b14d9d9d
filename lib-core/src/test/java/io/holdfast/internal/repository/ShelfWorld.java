// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import io.holdfast.crypto.Encryptor;
import io.holdfast.internal.digest.Sha256;
import io.holdfast.internal.format.ResourceState;
import io.holdfast.internal.format.RunRef;
import io.holdfast.internal.run.RunEntry;
import io.holdfast.internal.run.RunKind;
import io.holdfast.internal.seal.RepositoryKeys;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.manifest.MetadataEntry;
import io.holdfast.manifest.PartEntry;
import io.holdfast.model.FeedId;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemKind;
import io.holdfast.model.ResourceId;
import io.holdfast.runtime.Randomness;
import io.holdfast.source.Resource;
import io.holdfast.store.InMemoryObjectStore;
import io.holdfast.store.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Runs on a store in memory, and entries to fill them with. */
final class ShelfWorld {
    static final Resource RESOURCE =
            new Resource(new ResourceId("mail:1"), "mail", "Mail", "ana@example.com", Optional.empty());
    private static final ItemKind NOTE = ItemKind.leaf("note");

    final ObjectStore store = new InMemoryObjectStore();
    final RepositoryKeys keys;

    ShelfWorld(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Randomness randomness = random::nextBytes;
        this.keys = new RepositoryKeys(new byte[32], new byte[16], Encryptor.aes256Gcm(), randomness);
    }

    /** A shelf that has read nothing yet. */
    RunShelf shelf() {
        return new RunShelf(store, keys, 4 << 20);
    }

    static ResourceState fresh() {
        return ResourceState.fresh(RESOURCE);
    }

    /** The state that a table would keep of a manifest. */
    static ResourceState state(ManifestWork work) {
        return state(work, work.runs());
    }

    static ResourceState state(ManifestWork work, List<RunRef> runs) {
        return new ResourceState(
                RESOURCE,
                runs,
                work.digest(),
                work.counts(),
                List.of(),
                List.of(),
                fresh().openCounts(),
                Optional.of(Instant.EPOCH),
                Optional.empty());
    }

    static ManifestEntry entry(String key, int version) {
        byte[] hash = Sha256.of((key + version).getBytes(StandardCharsets.UTF_8));
        PartEntry part = new PartEntry("content", version, hash, hash, List.of(), Optional.empty(), false);
        return new ManifestEntry(
                new ItemKey(key),
                NOTE,
                new FeedId("all"),
                List.of(),
                "name of " + key,
                Optional.empty(),
                Optional.of("v" + version),
                Optional.empty(),
                version,
                new MetadataEntry.Inline(new byte[0], Sha256.of(new byte[0])),
                List.of(part),
                List.of(),
                ManifestEntry.Condition.WHOLE);
    }

    /** A run of its own with these keys and values that do not compress. */
    RunRef run(RunShelf shelf, long number, List<String> ascending, int valueBytes) {
        SplittableRandom random = new SplittableRandom(number);
        try (RunInMemory out = new RunInMemory(RunKind.MANIFEST, keys)) {
            for (String key : ascending) {
                byte[] value = new byte[valueBytes];
                random.nextBytes(value);
                out.add(RunEntry.of(key.getBytes(StandardCharsets.UTF_8), number, value));
            }
            RunInMemory.Written written = out.finish();
            return shelf.put(RunKind.MANIFEST, written.bytes(), written.summary());
        }
    }
}
