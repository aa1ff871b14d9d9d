// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.crypto.Encryptor;
import io.holdfast.internal.digest.Sha256;
import io.holdfast.internal.format.PackRef;
import io.holdfast.internal.format.RunRef;
import io.holdfast.internal.seal.DataKeyRing;
import io.holdfast.internal.seal.RepositoryKeys;
import io.holdfast.manifest.BlobRef;
import io.holdfast.model.ByteSize;
import io.holdfast.model.ResourceId;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.runtime.Randomness;
import io.holdfast.runtime.TimeSource;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** A repository's keys, one dedup scope and a store in memory, all from one seed. */
final class PackWorld implements AutoCloseable {
    static final ResourceId ANA = new ResourceId("ana");
    static final ResourceId BEN = new ResourceId("ben");

    final Randomness randomness;
    final ObjectStore store;
    final RepositoryKeys keys;
    final DataKeyRing ring;
    final BlobScope scope;

    PackWorld(long seed) {
        this(seed, new InMemoryObjectStore());
    }

    PackWorld(long seed, ObjectStore store) {
        this.randomness = seeded(seed);
        this.store = store;
        this.keys = new RepositoryKeys(new byte[32], new byte[16], Encryptor.aes256Gcm(), randomness);
        this.ring = DataKeyRing.first(randomness);
        this.scope = new BlobScope(store, keys, ring, keys.scopeName("local"));
    }

    static Randomness seeded(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return bytes -> {
            synchronized (random) {
                random.nextBytes(bytes);
            }
        };
    }

    HoldfastRuntime runtime() {
        return runtime(new CallerRuns());
    }

    HoldfastRuntime runtime(ExecutorService workers) {
        return HoldfastRuntime.builder()
                .time(new StoppedClock())
                .simulatedRandomness(randomness)
                .memory(ByteSize.mebibytes(32))
                .workers(workers)
                .build();
    }

    /** Small packs, so that a test fills several. */
    static BlobWriterSettings smallPacks() {
        return new BlobWriterSettings(3, 512 << 10, 256 << 10, 2, 2, 4, 2);
    }

    BlobWriter writer() {
        return new BlobWriter(scope, KnownBlobs.none(), PackListener.none(), runtime(), smallPacks());
    }

    BlobIndex index(Collection<PackRef> loose) {
        return index(loose, RetiredPacks.none());
    }

    BlobIndex index(Collection<PackRef> loose, RetiredPacks retired) {
        return new BlobIndex(scope, new IndexRunFiles(store, Optional.empty()), loose, () -> retired, 4 << 20);
    }

    BlobReader reader(Collection<PackRef> loose) {
        return new BlobReader(scope, index(loose), 8 << 20);
    }

    List<PackRef> packs() {
        List<PackRef> packs = new ArrayList<>();
        PackNames.list(store, packs::add);
        return packs;
    }

    PackDirectory directory(PackRef pack) {
        return new PackDirectories(store, keys, 0).read(pack);
    }

    /** All objects, by name. */
    TreeMap<String, byte[]> objects() {
        TreeMap<String, byte[]> objects = new TreeMap<>();
        try (ObjectListing listing = store.list("")) {
            listing.forEachRemaining(
                    stat -> objects.put(stat.name().value(), bytes(stat.name().value())));
        }
        return objects;
    }

    byte[] bytes(String object) {
        try (InputStream in = store.get(new ObjectName(object), ByteRange.all())) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void replace(String object, byte[] bytes) {
        store.put(new ObjectName(object), ObjectBody.of(bytes), PutOptions.overwrite());
    }

    /** Text-like bytes, so that compression has something to do. */
    static byte[] text(SplittableRandom random, int length) {
        String[] words = {"invoice ", "meeting ", "budget ", "quarter ", "Ana ", "regards ", "draft ", "final "};
        StringBuilder text = new StringBuilder(length + 16);
        while (text.length() < length) {
            text.append(words[random.nextInt(words.length)])
                    .append(random.nextInt(1000))
                    .append(' ');
        }
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) text.charAt(i);
        }
        return bytes;
    }

    static byte[] noise(SplittableRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    static BlobRef write(BlobWriter writer, Lane lane, byte[] bytes) {
        return writer.write(lane, bytes, 0, bytes.length);
    }

    @Override
    public void close() {
        scope.close();
    }

    /** An annex whose bytes need not be a run. */
    record PlainAnnex(String kind, byte[] bytes) implements Annex {
        @Override
        public RunRef at(String object, long offset) {
            byte[] sha256 = Sha256.start().digest(bytes);
            return new RunRef(kind, object, offset, bytes.length, sha256, 1, 1, new byte[1], new byte[1]);
        }
    }

    /** Runs each task in the thread that hands it over. */
    static final class CallerRuns extends AbstractExecutorService {
        private boolean shut;

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void shutdown() {
            shut = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            shut = true;
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return shut;
        }

        @Override
        public boolean isTerminated() {
            return shut;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return shut;
        }
    }

    private static final class StoppedClock implements TimeSource {
        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public void sleep(Duration time) {}
    }
}
