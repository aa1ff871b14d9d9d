// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import static io.holdfast.internal.pack.PackWorld.ANA;
import static io.holdfast.internal.pack.PackWorld.BEN;
import static io.holdfast.internal.pack.PackWorld.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.internal.format.PackRef;
import io.holdfast.manifest.BlobRef;
import io.holdfast.model.ResourceId;
import io.holdfast.runtime.HoldfastRuntime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BlobWriterTest {
    private final SplittableRandom random = new SplittableRandom(1);
    private final PackWorld world = new PackWorld(7);

    @Test
    void givesBackWhatItTookWhateverTheLength() {
        Map<BlobRef, byte[]> written = new HashMap<>();
        List<PackRef> packs;
        try (BlobWriter writer = world.writer()) {
            for (int length : new int[] {1, 2, 100, 2048, 65535, 65536, 65537, 131072, 1 << 20, 3 << 20}) {
                for (byte[] chunk : List.of(PackWorld.text(random, length), PackWorld.noise(random, length))) {
                    written.put(write(writer, Lane.content(ANA), chunk), chunk);
                    written.put(write(writer, Lane.metadata(BEN), reversed(chunk)), reversed(chunk));
                }
            }
            packs = writer.flush(List.of()).packs();
        }
        BlobReader reader = world.reader(packs);
        written.forEach((ref, chunk) -> assertThat(reader.read(ref)).isEqualTo(chunk));
        assertThat(packs).containsExactlyInAnyOrderElementsOf(world.packs());
    }

    @Test
    void storesEqualChunksOnce() {
        byte[] small = PackWorld.text(random, 5000);
        byte[] large = PackWorld.noise(random, 200_000);
        try (BlobWriter writer = world.writer()) {
            for (int i = 0; i < 10; i++) {
                write(writer, Lane.content(new ResourceId("r" + i)), small);
                write(writer, Lane.content(ANA), large);
            }
            List<PackRef> packs = writer.flush(List.of()).packs();
            assertThat(writer.counters().newBlobs()).isEqualTo(2);
            assertThat(writer.counters().knownBlobs()).isEqualTo(18);
            assertThat(writer.counters().bytesIn()).isEqualTo(10L * 205_000);
            assertThat(writer.counters().newPlainBytes()).isEqualTo(205_000);
            assertThat(packs).hasSize(1);
        }
    }

    @Test
    void writesNothingThatTheIndexKnows() {
        byte[] chunk = PackWorld.text(random, 5000);
        List<PackRef> packs;
        try (BlobWriter writer = world.writer()) {
            write(writer, Lane.content(ANA), chunk);
            packs = writer.flush(List.of()).packs();
        }
        BlobIndex index = world.index(packs);
        try (BlobWriter second =
                new BlobWriter(world.scope, index, PackListener.none(), world.runtime(), PackWorld.smallPacks())) {
            write(second, Lane.content(BEN), chunk);
            assertThat(second.flush(List.of()).packs()).isEmpty();
            assertThat(second.counters().knownBlobs()).isEqualTo(1);
        }
        assertThat(world.packs()).isEqualTo(packs);
    }

    @Test
    void neverMixesResourcesOrKindsInAFrame() {
        Map<String, String> laneOf = new HashMap<>();
        try (BlobWriter writer = world.writer()) {
            for (int i = 0; i < 3000; i++) {
                ResourceId resource = new ResourceId("r" + random.nextInt(7));
                Lane lane = random.nextBoolean() ? Lane.content(resource) : Lane.metadata(resource);
                BlobRef ref = write(writer, lane, PackWorld.text(random, 200 + random.nextInt(3000)));
                laneOf.put(ref.toString(), lane.toString());
                if (i % 500 == 0) {
                    writer.closeLane(resource);
                }
            }
            writer.flush(List.of());
        }
        int frames = 0;
        for (PackRef pack : world.packs()) {
            for (FrameEntry frame : world.directory(pack).frames()) {
                Set<String> lanes = new HashSet<>();
                for (int i = 0; i < frame.blobs(); i++) {
                    lanes.add(laneOf.get(new BlobRef(frame.id(i), frame.lengths()[i]).toString()));
                }
                assertThat(lanes).hasSize(1);
                assertThat(lanes.iterator().next()).contains(frame.kind().name());
                frames++;
            }
        }
        assertThat(frames).isGreaterThan(14);
    }

    @Test
    void laysSmallChunksTogetherUntilAFrameIsFull() {
        try (BlobWriter writer = world.writer()) {
            for (int i = 0; i < 500; i++) {
                write(writer, Lane.content(ANA), PackWorld.text(random, 2000));
            }
            writer.flush(List.of());
        }
        List<FrameEntry> frames = new ArrayList<>();
        world.packs().forEach(pack -> frames.addAll(world.directory(pack).frames()));
        assertThat(frames).hasSize(8);
        assertThat(frames).filteredOn(frame -> frame.blobs() == 65).hasSize(7);
        assertThat(frames).allMatch(frame -> frame.plainLength() <= PlainFrame.CAPACITY);
    }

    @Test
    void cutsTheFrameUsedLeastRecentlyWhenTooManyLanesAreOpen() {
        try (BlobWriter writer = world.writer()) {
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < 100; i++) {
                    write(writer, Lane.content(new ResourceId("r" + i)), PackWorld.text(random, 1000));
                }
            }
            writer.flush(List.of());
            assertThat(writer.counters().newBlobs()).isEqualTo(200);
        }
        int blobs = 0;
        for (PackRef pack : world.packs()) {
            blobs += (int) world.directory(pack).blobs();
        }
        assertThat(blobs).isEqualTo(200);
    }

    @Test
    void sharesOnePackAmongContentMetadataAndRunsOfASmallSession() {
        byte[] run = PackWorld.noise(random, 3000);
        byte[] other = PackWorld.noise(random, 100);
        try (BlobWriter writer = world.writer()) {
            write(writer, Lane.content(ANA), PackWorld.text(random, 5000));
            write(writer, Lane.content(ANA), PackWorld.text(random, 70_000));
            write(writer, Lane.content(ANA), PackWorld.text(random, 70_001));
            write(writer, Lane.metadata(ANA), PackWorld.text(random, 500));
            FlushResult result = writer.flush(List.of(
                    new PackWorld.PlainAnnex("manifest-run", run), new PackWorld.PlainAnnex("ledger-run", other)));
            assertThat(result.packs()).hasSize(1);
            PackRef pack = result.packs().get(0);
            assertThat(pack.meta()).isTrue();
            byte[] stored = world.bytes(pack.objectName());
            assertThat(result.annexes())
                    .hasSize(2)
                    .allSatisfy(ref -> assertThat(ref.object()).isEqualTo(pack.objectName()));
            assertThat(range(stored, result.annexes().get(0).offset(), 3000)).isEqualTo(run);
            assertThat(range(stored, result.annexes().get(1).offset(), 100)).isEqualTo(other);
            assertThat(world.directory(pack).annexes())
                    .extracting(AnnexEntry::kind)
                    .containsExactly("manifest-run", "ledger-run");
        }
        assertThat(world.objects()).hasSize(1);
    }

    @Test
    void keepsContentApartFromRunsWhenTogetherTheyAreTooMuch() {
        try (BlobWriter writer = world.writer()) {
            write(writer, Lane.content(ANA), PackWorld.noise(random, 300_000));
            List<Annex> annexes = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                annexes.add(new PackWorld.PlainAnnex("manifest-run", PackWorld.noise(random, 100_000)));
            }
            FlushResult result = writer.flush(annexes);
            assertThat(result.packs()).filteredOn(PackRef::meta).hasSize(3);
            assertThat(result.packs()).filteredOn(pack -> !pack.meta()).hasSize(1);
            for (int i = 0; i < 5; i++) {
                byte[] stored = world.bytes(result.annexes().get(i).object());
                assertThat(range(stored, result.annexes().get(i).offset(), 100_000))
                        .isEqualTo(annexes.get(i).bytes());
            }
        }
    }

    @Test
    void keepsPacksWithinTheirTarget() {
        List<PackRef> packs = new ArrayList<>();
        try (BlobWriter writer = world.writer()) {
            for (int i = 0; i < 40; i++) {
                write(writer, Lane.content(ANA), PackWorld.noise(random, 100_000));
                write(writer, Lane.metadata(ANA), PackWorld.noise(random, 40_000));
            }
            packs.addAll(writer.flush(List.of()).packs());
            assertThat(writer.flush(List.of()).packs()).isEmpty();
            assertThat(writer.counters().packs()).isEqualTo(packs.size());
            assertThat(writer.counters().packBytes())
                    .isEqualTo(packs.stream().mapToLong(PackRef::length).sum());
        }
        assertThat(packs).hasSizeGreaterThan(10);
        assertThat(packs).filteredOn(pack -> !pack.meta()).allMatch(pack -> pack.length() <= 512 << 10);
        assertThat(packs).filteredOn(PackRef::meta).allMatch(pack -> pack.length() <= 256 << 10);
    }

    @Test
    void spreadsTheChunksOfAStreamOverSeveralPacks() {
        List<String> inOrder = new ArrayList<>();
        try (BlobWriter writer = world.writer()) {
            for (int i = 0; i < 60; i++) {
                inOrder.add(write(writer, Lane.content(ANA), PackWorld.noise(random, 70_000))
                        .toString());
            }
            writer.flush(List.of());
        }
        List<String> stored = new ArrayList<>();
        for (PackRef pack : world.packs()) {
            for (FrameEntry frame : world.directory(pack).frames()) {
                stored.add(new BlobRef(frame.id(0), frame.lengths()[0]).toString());
            }
        }
        assertThat(stored).containsExactlyInAnyOrderElementsOf(inOrder).isNotEqualTo(inOrder);
    }

    @Test
    void givesTheSameObjectsForTheSameSeed() {
        assertThat(objectsOfOneSession(5)).isEqualTo(objectsOfOneSession(5)).hasSizeGreaterThan(4);
        assertThat(objectsOfOneSession(5)).isNotEqualTo(objectsOfOneSession(6));
    }

    private static Map<String, Integer> objectsOfOneSession(long seed) {
        SplittableRandom content = new SplittableRandom(99);
        try (PackWorld one = new PackWorld(seed);
                BlobWriter writer = one.writer()) {
            for (int i = 0; i < 400; i++) {
                ResourceId resource = new ResourceId("r" + content.nextInt(9));
                write(writer, Lane.content(resource), PackWorld.noise(content, 1 + content.nextInt(9000)));
                write(writer, Lane.metadata(resource), PackWorld.text(content, 1 + content.nextInt(900)));
            }
            writer.flush(List.of());
            Map<String, Integer> objects = new HashMap<>();
            one.objects().forEach((name, bytes) -> objects.put(name, Arrays.hashCode(bytes)));
            return objects;
        }
    }

    @Test
    void takesItsMemoryOnceAndGivesItBack() {
        HoldfastRuntime runtime = world.runtime();
        long before = runtime.memory().freeBytes();
        BlobWriterSettings settings = PackWorld.smallPacks();
        BlobWriter writer = new BlobWriter(world.scope, KnownBlobs.none(), PackListener.none(), runtime, settings);
        long taken = before - runtime.memory().freeBytes();
        assertThat(taken)
                .isEqualTo(Math.min(settings.maximumBytes(), runtime.memory().totalBytes()));
        write(writer, Lane.content(ANA), PackWorld.noise(random, 1 << 20));
        assertThat(before - runtime.memory().freeBytes()).isEqualTo(taken);
        writer.close();
        writer.close();
        assertThat(runtime.memory().freeBytes()).isEqualTo(before);
    }

    @Test
    void fitsItsPacksIntoASmallBudget() {
        assertThat(BlobWriterSettings.fitting(2, 512L << 20)).isEqualTo(BlobWriterSettings.defaults(2));
        BlobWriterSettings small = BlobWriterSettings.fitting(2, 128L << 20);
        assertThat(small.maximumBytes()).isLessThanOrEqualTo(64L << 20);
        assertThat(small.contentPackBytes()).isGreaterThanOrEqualTo(2 << 20);
        assertThat(BlobWriterSettings.fitting(8, 25L << 20).maximumBytes()).isLessThanOrEqualTo(25L << 19);
        assertThat(BlobWriterSettings.fitting(64, 25L << 20).maximumBytes()).isEqualTo(BlobWriterSettings.LEAST_BYTES);
        assertThat(BlobWriterSettings.fitting(1024, 1).maximumBytes()).isEqualTo(BlobWriterSettings.LEAST_BYTES);
    }

    @Test
    void refusesChunksOutsideTheLimits() {
        try (BlobWriter writer = world.writer()) {
            assertThatThrownBy(() -> writer.write(Lane.content(ANA), new byte[1], 0, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("0 bytes");
            byte[] tooLong = new byte[BlobWriter.MAX_BLOB_BYTES + 1];
            assertThatThrownBy(() -> writer.write(Lane.content(ANA), tooLong, 0, tooLong.length))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void refusesUseAfterItIsClosed() {
        BlobWriter writer = world.writer();
        writer.close();
        assertThatThrownBy(() -> write(writer, Lane.content(ANA), new byte[1]))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void tellsItsListenerOfEachPackOnceItIsThere() {
        List<PackRef> heard = new ArrayList<>();
        PackListener listener = (pack, directory) -> {
            assertThat(world.bytes(pack.objectName())).hasSize((int) pack.length());
            assertThat(world.directory(pack).blobs()).isEqualTo(directory.blobs());
            heard.add(pack);
        };
        try (BlobWriter writer =
                new BlobWriter(world.scope, KnownBlobs.none(), listener, world.runtime(), PackWorld.smallPacks())) {
            for (int i = 0; i < 20; i++) {
                write(writer, Lane.content(ANA), PackWorld.noise(random, 100_000));
            }
            assertThat(writer.flush(List.of()).packs()).isEqualTo(heard).hasSizeGreaterThan(3);
        }
    }

    private static byte[] range(byte[] bytes, long offset, int length) {
        return Arrays.copyOfRange(bytes, (int) offset, (int) offset + length);
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = (byte) ~bytes[bytes.length - 1 - i];
        }
        return reversed;
    }
}
