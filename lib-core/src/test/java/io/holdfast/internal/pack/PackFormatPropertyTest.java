// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.error.HoldfastException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PackFormatPropertyTest {
    @Property(tries = 200)
    void aDirectoryComesBackAsItWas(
            @ForAll long seed, @ForAll @IntRange(max = 30) int frames, @ForAll @IntRange(max = 5) int annexes) {
        PackDirectory directory = directory(new SplittableRandom(seed), frames, annexes);
        byte[] encoded = PackDirectoryCodec.encode(directory);
        PackDirectory decoded = PackDirectoryCodec.decode("p", encoded);
        assertThat(PackDirectoryCodec.encode(decoded)).isEqualTo(encoded);
        assertThat(decoded.scope()).isEqualTo(directory.scope());
        assertThat(decoded.epoch()).isEqualTo(directory.epoch());
        assertThat(decoded.end()).isEqualTo(directory.end());
        assertThat(decoded.blobs()).isEqualTo(directory.blobs());
        for (FrameEntry frame : directory.frames()) {
            FrameEntry same = decoded.frameAt(frame.start()).orElseThrow();
            assertThat(same.ids()).isEqualTo(frame.ids());
            assertThat(same.lengths()).isEqualTo(frame.lengths());
            assertThat(decoded.frameAt(frame.start() + 1)).isEmpty();
        }
    }

    @Property(tries = 200)
    void aDirectoryThatIsCutIsRefused(@ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int missing) {
        byte[] encoded = PackDirectoryCodec.encode(directory(new SplittableRandom(seed), 3, 1));
        byte[] cut = Arrays.copyOf(encoded, Math.max(0, encoded.length - missing));
        assertThatThrownBy(() -> PackDirectoryCodec.decode("p", cut)).isInstanceOf(HoldfastException.class);
    }

    @Property(tries = 500)
    void noBytesMakeTheDecoderFailInAnotherWayOrAllocateMuch(@ForAll byte[] bytes, @ForAll long seed) {
        byte[] mixed = PackDirectoryCodec.encode(directory(new SplittableRandom(seed), 3, 1));
        for (int i = 0; i < bytes.length; i++) {
            mixed[Math.floorMod(i * 31, mixed.length)] ^= bytes[i];
        }
        for (byte[] each : List.of(bytes, mixed)) {
            try {
                assertThat(PackDirectoryCodec.decode("p", each).blobs()).isLessThanOrEqualTo(each.length);
            } catch (HoldfastException refused) {
                assertThat(refused.getMessage()).contains("pack 'p'");
            }
        }
    }

    @Property(tries = 100)
    void indexEntriesAreSortedByIdAndValueWithoutDoubles(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int frames) {
        SplittableRandom random = new SplittableRandom(seed);
        List<FrameEntry> all = new ArrayList<>(directory(random, frames, 0).frames());
        all.add(all.get(0));
        IndexEntries entries = new IndexEntries();
        int count = 0;
        for (FrameEntry frame : all) {
            entries.add(random.nextInt(3), frame);
            count += frame.blobs();
        }
        assertThat(entries.count()).isEqualTo(count);
        int[] order = entries.sorted();
        assertThat(order.length).isBetween(count - all.get(0).blobs(), count);
        for (int i = 1; i < order.length; i++) {
            int left = order[i - 1] * IndexEntry.BYTES;
            int right = order[i] * IndexEntry.BYTES;
            byte[] bytes = entries.bytes();
            assertThat(Arrays.compareUnsigned(
                            bytes, left, left + IndexEntry.BYTES, bytes, right, right + IndexEntry.BYTES))
                    .isNegative();
        }
    }

    private static PackDirectory directory(SplittableRandom random, int frameCount, int annexCount) {
        List<FrameEntry> frames = new ArrayList<>();
        long at = PackFormat.MAGIC_BYTES;
        byte[] twin = PackWorld.noise(random, PackFormat.ID_BYTES);
        for (int i = 0; i < frameCount; i++) {
            int blobs = 1 + random.nextInt(20);
            byte[] ids = PackWorld.noise(random, blobs * PackFormat.ID_BYTES);
            if (random.nextInt(3) == 0) {
                System.arraycopy(twin, 0, ids, 0, twin.length);
            }
            int[] lengths = random.ints(blobs, 1, 60_000).toArray();
            FrameKind kind = random.nextBoolean() ? FrameKind.CONTENT : FrameKind.METADATA;
            frames.add(
                    new FrameEntry(kind, at, 1 + random.nextInt(1 << 20), PackWorld.noise(random, 32), ids, lengths));
            at = frames.get(i).end();
        }
        List<AnnexEntry> annexes = new ArrayList<>();
        for (int i = 0; i < annexCount; i++) {
            AnnexEntry annex = new AnnexEntry("run-" + i, at, 1 + random.nextInt(1 << 20), PackWorld.noise(random, 32));
            annexes.add(annex);
            at += annex.length();
        }
        return new PackDirectory(
                random.nextBoolean(), "00112233445566778899aabbccddeeff", random.nextInt(1 << 30), frames, annexes);
    }
}
