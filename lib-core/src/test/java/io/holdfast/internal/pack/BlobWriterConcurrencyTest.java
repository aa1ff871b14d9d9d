// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import static io.holdfast.internal.pack.PackWorld.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.internal.format.PackRef;
import io.holdfast.manifest.BlobRef;
import io.holdfast.model.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BlobWriterConcurrencyTest {
    private static final int THREADS = 8;
    private static final int CHUNKS = 600;

    @Test
    @Timeout(120)
    void keepsEveryChunkOfManyThreadsOnceWhileOthersFlush() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            run(threads, threads);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @Timeout(120)
    void finishesWhenItsExecutorHasNoThreadLeft() throws Exception {
        ExecutorService busy = Executors.newFixedThreadPool(THREADS);
        try {
            run(busy, busy);
        } finally {
            busy.shutdownNow();
        }
    }

    @Test
    @Timeout(120)
    void finishesWhenItsExecutorRefusesTasks() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        ExecutorService closed = Executors.newSingleThreadExecutor();
        closed.shutdown();
        assertThat(closed.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        try {
            run(threads, closed);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @Timeout(120)
    void holdsNoMorePacksInMemoryThanItsSettingsSay() throws Exception {
        BlobWriterSettings settings = new BlobWriterSettings(1, 2 << 20, 2 << 20, 2, 2, 4, 2);
        ExecutorService threads = Executors.newCachedThreadPool();
        try (PackWorld world = new PackWorld(12);
                BlobWriter writer = new BlobWriter(
                        world.scope, KnownBlobs.none(), PackListener.none(), world.runtime(threads), settings)) {
            List<Future<?>> ends = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                SplittableRandom random = new SplittableRandom(thread);
                Lane lane = Lane.content(new ResourceId("r" + thread));
                ends.add(threads.submit(() -> {
                    for (int i = 0; i < 40; i++) {
                        write(writer, lane, PackWorld.noise(random, 200_000));
                    }
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
            writer.flush(List.of());
            long packsAtOnce = settings.openContentPacks() + 1L + settings.uploadsInFlight();
            long segmentsEach = 3;
            assertThat(writer.counters().packBytes()).isGreaterThan(60L << 20);
            assertThat(writer.mostPackBytesHeld()).isLessThanOrEqualTo(packsAtOnce * segmentsEach << 20);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void run(ExecutorService workers, ExecutorService uploads) throws Exception {
        try (PackWorld world = new PackWorld(11)) {
            Map<BlobRef, byte[]> written = new ConcurrentHashMap<>();
            Set<PackRef> packs = ConcurrentHashMap.newKeySet();
            try (BlobWriter writer = new BlobWriter(
                    world.scope,
                    KnownBlobs.none(),
                    PackListener.none(),
                    world.runtime(uploads),
                    PackWorld.smallPacks())) {
                List<Future<?>> ends = new ArrayList<>();
                for (int thread = 0; thread < THREADS; thread++) {
                    int number = thread;
                    ends.add(workers.submit(() -> work(writer, number, written, packs)));
                }
                for (Future<?> end : ends) {
                    end.get();
                }
                packs.addAll(writer.flush(List.of()).packs());
                assertThat(writer.counters().newBlobs()).isEqualTo(written.size());
            }
            assertThat(packs).containsExactlyInAnyOrderElementsOf(world.packs());
            long stored = packs.stream()
                    .mapToLong(pack -> world.directory(pack).blobs())
                    .sum();
            assertThat(stored).isEqualTo(written.size());
            BlobReader reader = world.reader(packs);
            List<Future<?>> reads = new ArrayList<>();
            ExecutorService readers = Executors.newFixedThreadPool(THREADS);
            try {
                for (int thread = 0; thread < THREADS; thread++) {
                    reads.add(readers.submit(() -> written.forEach(
                            (ref, chunk) -> assertThat(reader.read(ref)).isEqualTo(chunk))));
                }
                for (Future<?> read : reads) {
                    read.get();
                }
            } finally {
                readers.shutdownNow();
            }
        }
    }

    /** Half of the chunks are the same for all threads, so that they race for who is first. */
    private static void work(BlobWriter writer, int thread, Map<BlobRef, byte[]> written, Set<PackRef> packs) {
        SplittableRandom shared = new SplittableRandom(1);
        SplittableRandom own = new SplittableRandom(100 + thread);
        for (int i = 0; i < CHUNKS; i++) {
            boolean large = i % 40 == 0;
            int length = large ? 70_000 + i : 200 + i * 3;
            byte[] chunk = PackWorld.noise(i % 2 == 0 ? shared : own, length);
            ResourceId resource = new ResourceId("r" + (i + thread) % 6);
            Lane lane = i % 3 == 0 ? Lane.metadata(resource) : Lane.content(resource);
            written.put(write(writer, lane, chunk), chunk);
            if (i % 100 == 50) {
                writer.closeLane(resource);
            }
            if (i == 300 + thread * 10) {
                packs.addAll(writer.flush(List.of()).packs());
            }
        }
    }
}
