// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import static io.holdfast.internal.pack.PackWorld.ANA;
import static io.holdfast.internal.pack.PackWorld.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.crypto.Slice;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.RepositoryException;
import io.holdfast.internal.format.PackRef;
import io.holdfast.manifest.BlobRef;
import io.holdfast.store.ObjectName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BlobReaderTest {
    private final SplittableRandom random = new SplittableRandom(2);
    private final FailingStore store = new FailingStore(Integer.MAX_VALUE);
    private final PackWorld world = new PackWorld(8, store);

    private List<PackRef> stored(byte[]... chunks) {
        try (BlobWriter writer = world.writer()) {
            for (byte[] chunk : chunks) {
                write(writer, Lane.content(ANA), chunk);
            }
            return writer.flush(List.of()).packs();
        }
    }

    private BlobRef ref(byte[] chunk) {
        return new BlobRef(world.scope.blobId(Slice.of(chunk)), chunk.length);
    }

    @Test
    void takesAnotherCopyWhenOneIsDamagedOrGone() {
        byte[] chunk = PackWorld.text(random, 3000);
        List<PackRef> first = stored(chunk);
        List<PackRef> second = stored(chunk);
        List<PackRef> third = stored(chunk);
        damageFirstFrame(first.get(0));
        store.delete(new ObjectName(second.get(0).objectName()));
        List<PackRef> all = List.of(first.get(0), second.get(0), third.get(0));
        assertThat(world.reader(all).read(ref(chunk))).isEqualTo(chunk);
    }

    @Test
    void findsABlobWhosePackNoRunNames() {
        byte[] chunk = PackWorld.text(random, 3000);
        stored(chunk);
        assertThat(world.reader(List.of()).read(ref(chunk))).isEqualTo(chunk);
    }

    @Test
    void readsTheIndexAgainBeforeItGivesUp() {
        BlobReader reader = world.reader(List.of());
        byte[] early = PackWorld.text(random, 10);
        assertThatThrownBy(() -> new BlobReader(world.scope, world.index(List.of()), 1 << 20).read(ref(early)))
                .isInstanceOf(RepositoryException.class);
        byte[] chunk = PackWorld.text(random, 3000);
        BlobIndexWriter indexing = new BlobIndexWriter(world.scope);
        try (BlobWriter writer =
                new BlobWriter(world.scope, KnownBlobs.none(), indexing, world.runtime(), PackWorld.smallPacks())) {
            write(writer, Lane.content(ANA), chunk);
            writer.flush(List.of());
        }
        indexing.finish();
        assertThat(reader.read(ref(chunk))).isEqualTo(chunk);
    }

    @Test
    void namesTheBlobThatIsMissing() {
        byte[] chunk = PackWorld.text(random, 3000);
        assertThatThrownBy(() -> world.reader(List.of()).read(ref(chunk)))
                .isInstanceOfSatisfying(RepositoryException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.BLOB_MISSING);
                    assertThat(e.getMessage()).contains(ref(chunk).toString());
                });
    }

    @Test
    void neverHandsOutBytesOfADamagedFrame() {
        byte[] chunk = PackWorld.text(random, 3000);
        List<PackRef> packs = stored(chunk);
        damageFirstFrame(packs.get(0));
        assertThatThrownBy(() -> world.reader(packs).read(ref(chunk)))
                .isInstanceOfSatisfying(RepositoryException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.BLOB_MISSING);
                    assertThat(e.getMessage()).contains("does not open");
                });
    }

    @Test
    void streamsBlobsInOrderWithFewRequests() throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        List<BlobRef> refs = new ArrayList<>();
        List<PackRef> packs;
        try (BlobWriter writer = world.writer()) {
            for (int i = 0; i < 80; i++) {
                byte[] chunk = PackWorld.noise(random, 1 + random.nextInt(150_000));
                refs.add(write(writer, Lane.content(ANA), chunk));
                whole.write(chunk);
            }
            packs = writer.flush(List.of()).packs();
        }
        BlobReader reader = world.reader(packs);
        try (InputStream in = reader.open(refs)) {
            assertThat(in.readAllBytes()).isEqualTo(whole.toByteArray());
        }
        long frames = packs.stream()
                .mapToLong(pack -> world.directory(pack).frames().size())
                .sum();
        assertThat(frames).isGreaterThan(40);
        assertThat(reader.frameRequests()).isLessThan(frames * 3 / 4);
    }

    @Test
    void skipsWithinAStream() throws IOException {
        byte[] one = PackWorld.text(random, 1000);
        byte[] two = PackWorld.text(random, 70_000);
        byte[] three = PackWorld.text(random, 500);
        List<PackRef> packs = stored(one, two, three);
        try (InputStream in = world.reader(packs).open(List.of(ref(one), ref(two), ref(three)))) {
            assertThat(in.read()).isEqualTo(one[0] & 0xff);
            assertThat(in.skip(70_999)).isEqualTo(70_999);
            assertThat(in.read()).isEqualTo(three[0] & 0xff);
            assertThat(in.skip(10_000)).isEqualTo(499);
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.skip(1)).isZero();
        }
    }

    @Test
    void readsSmallItemsInOrderWithFarFewerRequestsThanFrames() {
        List<BlobRef> refs = new ArrayList<>();
        List<PackRef> packs;
        BlobWriterSettings onePack = PackWorld.smallPacks().withPackBytes(4 << 20, 4 << 20);
        try (BlobWriter writer =
                new BlobWriter(world.scope, KnownBlobs.none(), PackListener.none(), world.runtime(), onePack)) {
            for (int i = 0; i < 1500; i++) {
                refs.add(write(writer, Lane.metadata(ANA), PackWorld.noise(random, 2000)));
            }
            packs = writer.flush(List.of()).packs();
        }
        BlobReader reader = world.reader(packs);
        int before = store.gets();
        for (BlobRef ref : refs) {
            assertThat(reader.read(ref)).hasSize(2000);
        }
        assertThat(reader.frameRequests()).isLessThan(10);
        assertThat(store.gets() - before).isLessThan(20);
    }

    @Test
    void readsOneSmallItemWithFiveRequestsOrFewer() {
        byte[] chunk = PackWorld.text(random, 3000);
        BlobIndexWriter indexing = new BlobIndexWriter(world.scope);
        try (BlobWriter writer =
                new BlobWriter(world.scope, KnownBlobs.none(), indexing, world.runtime(), PackWorld.smallPacks())) {
            write(writer, Lane.content(ANA), chunk);
            writer.flush(List.of());
        }
        indexing.finish();
        int before = store.gets() + store.lists();
        assertThat(world.reader(List.of()).read(ref(chunk))).isEqualTo(chunk);
        assertThat(store.gets() + store.lists() - before).isLessThanOrEqualTo(5);
    }

    private void damageFirstFrame(PackRef pack) {
        byte[] bytes = world.bytes(pack.objectName());
        bytes[PackFormat.MAGIC_BYTES + 50] ^= 1;
        world.replace(pack.objectName(), bytes);
    }
}
