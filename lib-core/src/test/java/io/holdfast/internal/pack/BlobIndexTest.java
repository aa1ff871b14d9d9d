// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import static io.holdfast.internal.pack.PackWorld.ANA;
import static io.holdfast.internal.pack.PackWorld.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.error.CommitLostException;
import io.holdfast.error.RepositoryException;
import io.holdfast.internal.format.PackRef;
import io.holdfast.manifest.BlobRef;
import io.holdfast.store.ObjectName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobIndexTest {
    private final SplittableRandom random = new SplittableRandom(3);
    private final FailingStore store = new FailingStore(Integer.MAX_VALUE);
    private final PackWorld world = new PackWorld(9, store);

    /** What one session has stored, with or without an index run. */
    private record Stored(List<BlobRef> refs, List<PackRef> packs, List<IndexRunName> runs) {}

    private Stored session(int blobs, boolean indexed) {
        BlobIndexWriter indexing = new BlobIndexWriter(world.scope, 5000);
        List<BlobRef> refs = new ArrayList<>();
        List<PackRef> packs;
        try (BlobWriter writer =
                new BlobWriter(world.scope, KnownBlobs.none(), indexing, world.runtime(), PackWorld.smallPacks())) {
            for (int i = 0; i < blobs; i++) {
                refs.add(write(writer, Lane.content(ANA), PackWorld.noise(random, 20 + random.nextInt(200))));
            }
            packs = writer.flush(List.of()).packs();
        }
        return new Stored(refs, packs, indexed ? indexing.finish().runs() : List.of());
    }

    @Test
    void findsEveryBlobOfRunsAndOfLoosePacksAndNoOther() {
        Stored indexed = session(12_000, true);
        Stored loose = session(500, false);
        assertThat(indexed.runs()).hasSizeGreaterThan(2);
        BlobIndex index = world.index(loose.packs());
        for (Stored each : List.of(indexed, loose)) {
            for (BlobRef ref : each.refs()) {
                assertThat(index.isKnown(ref.id())).isTrue();
                assertThat(index.lookup(ref.id()))
                        .hasSize(1)
                        .allMatch(at ->
                                at.length() == ref.length() && each.packs().contains(at.pack()));
            }
        }
        for (int i = 0; i < 5000; i++) {
            byte[] strange = PackWorld.noise(random, 20);
            assertThat(index.isKnown(strange)).isFalse();
            assertThat(index.lookup(strange)).isEmpty();
        }
    }

    @Test
    void readsNothingBeforeTheFirstQuestion() {
        Stored stored = session(100, true);
        int before = store.gets() + store.lists();
        BlobIndex index = world.index(stored.packs());
        assertThat(index.isOpen()).isFalse();
        assertThat(store.gets() + store.lists()).isEqualTo(before);
        assertThat(index.isKnown(stored.refs().get(0).id())).isTrue();
        assertThat(index.isOpen()).isTrue();
    }

    @Test
    void asksWhatPruneHasListedAfterItHasReadTheRuns() {
        Stored stored = session(100, true);
        int[] getsWhenAsked = {-1};
        int before = store.gets();
        BlobIndex index = new BlobIndex(
                world.scope,
                new IndexRunFiles(store, Optional.empty()),
                List.of(),
                () -> {
                    getsWhenAsked[0] = store.gets();
                    return RetiredPacks.none();
                },
                1 << 20);
        index.open();
        assertThat(getsWhenAsked[0]).isGreaterThan(before);
        assertThat(index.isKnown(stored.refs().get(0).id())).isTrue();
    }

    @Test
    void doesNotRelyOnPacksThatPruneHasListed() {
        Stored stored = session(100, true);
        Stored loose = session(100, false);
        byte[] run = stored.refs().get(0).id();
        byte[] directory = loose.refs().get(0).id();
        List<byte[]> all = new ArrayList<>();
        stored.packs().forEach(pack -> all.add(pack.id()));
        loose.packs().forEach(pack -> all.add(pack.id()));

        BlobIndex condemned = world.index(loose.packs(), RetiredPacks.of(List.of(), all));
        assertThat(condemned.isKnown(run)).isFalse();
        assertThat(condemned.isKnown(directory)).isFalse();
        assertThat(condemned.lookup(run)).as("a reader still may").hasSize(1);
        assertThat(condemned.lookup(directory)).hasSize(1);

        BlobIndex closed = world.index(loose.packs(), RetiredPacks.of(all, List.of()));
        assertThat(closed.isKnown(run)).isFalse();
        assertThat(closed.lookup(run)).isEmpty();
        assertThat(closed.lookup(directory)).isEmpty();
    }

    @Test
    void keepsRunsAsFilesAndFetchesThemOnce(@TempDir Path cache) {
        Stored stored = session(2000, true);
        BlobIndex first = cached(cache);
        assertThat(first.isKnown(stored.refs().get(7).id())).isTrue();
        int gets = store.gets();
        BlobIndex second = cached(cache);
        for (BlobRef ref : stored.refs()) {
            assertThat(second.isKnown(ref.id())).isTrue();
        }
        assertThat(store.gets()).isEqualTo(gets);
    }

    @Test
    void removesTheFilesOfRunsThatWereReplaced(@TempDir Path cache) throws IOException {
        session(1000, true);
        session(1000, true);
        cached(cache).open();
        new BlobIndexMerger(world.scope, new IndexRunFiles(store, Optional.of(cache))).merge(pack -> false);
        BlobIndex after = cached(cache);
        after.open();
        try (Stream<Path> files = Files.walk(cache)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(1);
        }
    }

    @Test
    void readsLongRunsInPlaceWhenThereIsNoDirectory() {
        Stored stored = session(3000, true);
        BlobIndex index = new BlobIndex(
                world.scope, new IndexRunFiles(store, Optional.empty(), 0), List.of(), RetiredPacks::none, 1 << 20);
        for (BlobRef ref : stored.refs()) {
            assertThat(index.lookup(ref.id())).hasSize(1);
        }
    }

    @Test
    void fetchesARunAgainWhoseFileIsDamaged(@TempDir Path cache) throws IOException {
        Stored stored = session(2000, true);
        cached(cache).open();
        Path file;
        try (Stream<Path> files = Files.walk(cache)) {
            file = files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
        for (int at : new int[] {50, 5000, (int) Files.size(file) - 100}) {
            byte[] bytes = Files.readAllBytes(file);
            bytes[at] ^= 1;
            Files.delete(file);
            Files.write(file, bytes);
            BlobIndex index = cached(cache);
            for (BlobRef ref : stored.refs()) {
                assertThat(index.lookup(ref.id())).hasSize(1);
            }
        }
    }

    @Test
    void refusesARunThatIsNotWhatItsNameSays(@TempDir Path cache) throws IOException {
        Stored stored = session(500, true);
        String object = stored.runs().get(0).objectName();
        byte[] bytes = world.bytes(object);
        bytes[bytes.length / 2] ^= 1;
        world.replace(object, bytes);
        assertThat(cached(cache).isKnown(stored.refs().get(0).id())).isFalse();
        try (Stream<Path> files = Files.walk(cache)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
        assertThat(world.reader(List.of()).read(stored.refs().get(0)))
                .as("the packs' directories still say where it is")
                .hasSize(stored.refs().get(0).length());
    }

    @Test
    void answersWithoutLoosePacksThatAreGone() {
        Stored loose = session(50, false);
        store.delete(new ObjectName(loose.packs().get(0).objectName()));
        assertThat(world.index(loose.packs()).isKnown(loose.refs().get(0).id())).isFalse();
    }

    @Test
    void mergesRunsIntoOneSetWithTheSameAnswers() {
        List<Stored> sessions = List.of(session(3000, true), session(3000, true), session(10, true));
        Stored later = session(20, false);
        BlobIndexMerger merger = new BlobIndexMerger(world.scope, new IndexRunFiles(store, Optional.empty()), 2500);
        IndexHead head = merger.merge(pack -> false);
        assertThat(head.number()).isEqualTo(1);
        assertThat(head.current()).hasSize(3);
        assertThat(head.replaced()).hasSize(3);
        head.replaced().forEach(run -> store.delete(new ObjectName(run.objectName())));

        BlobIndex index = world.index(later.packs());
        for (Stored each : sessions) {
            for (BlobRef ref : each.refs()) {
                assertThat(index.lookup(ref.id()))
                        .hasSize(1)
                        .allMatch(at -> each.packs().contains(at.pack()));
            }
        }
        Stored added = session(100, true);
        assertThat(world.index(List.of()).isKnown(added.refs().get(0).id()))
                .as("runs added since are found by listing")
                .isTrue();
    }

    @Test
    void keepsAllCopiesOfABlobWhenItMerges() {
        byte[] chunk = PackWorld.text(random, 900);
        Set<PackRef> places = new HashSet<>();
        BlobRef ref = null;
        for (int i = 0; i < 6; i++) {
            BlobIndexWriter indexing = new BlobIndexWriter(world.scope);
            try (BlobWriter writer =
                    new BlobWriter(world.scope, KnownBlobs.none(), indexing, world.runtime(), PackWorld.smallPacks())) {
                ref = write(writer, Lane.content(ANA), chunk);
                places.addAll(writer.flush(List.of()).packs());
            }
            if (i % 2 == 1) {
                indexing.finish();
            } else {
                PackRef pack = new ArrayList<>(world.packs()).get(0);
                indexing.packWritten(pack, world.directory(pack));
                indexing.finish();
            }
        }
        new BlobIndexMerger(world.scope, new IndexRunFiles(store, Optional.empty())).merge(pack -> false);
        IndexHead head = new IndexHeads(store, world.keys).newest();
        head.replaced().forEach(run -> store.delete(new ObjectName(run.objectName())));
        assertThat(world.index(List.of()).lookup(Objects.requireNonNull(ref).id()))
                .extracting(BlobLocation::pack)
                .containsExactlyInAnyOrderElementsOf(places);
    }

    @Test
    void dropsTheEntriesOfPacksThatAreGoneWhenItMerges() {
        Stored gone = session(200, true);
        Stored stays = session(200, true);
        new BlobIndexMerger(world.scope, new IndexRunFiles(store, Optional.empty())).merge(gone.packs()::contains);
        BlobIndex index = world.index(List.of());
        assertThat(index.lookup(gone.refs().get(0).id())).isEmpty();
        assertThat(index.lookup(stays.refs().get(0).id())).hasSize(1);
        assertThat(index.coveredPacks()).isEqualTo(Set.copyOf(stays.packs()));
    }

    @Test
    void refusesToPublishUnderANumberThatIsTaken() {
        IndexHeads heads = new IndexHeads(store, world.keys);
        heads.publish(new IndexHead(1, List.of(), List.of()));
        assertThatThrownBy(() -> heads.publish(new IndexHead(1, List.of(), List.of())))
                .isInstanceOf(CommitLostException.class);
        assertThat(heads.newest().number()).isEqualTo(1);
    }

    @Test
    void noticesAHeadThatWasCopiedToAnotherNumber() {
        IndexHeads heads = new IndexHeads(store, world.keys);
        heads.publish(new IndexHead(1, List.of(), List.of()));
        world.replace("index/heads/00000000000000000002", world.bytes("index/heads/00000000000000000001"));
        assertThatThrownBy(heads::newest).isInstanceOf(RepositoryException.class);
        Stored stored = session(10, true);
        assertThat(world.index(List.of()).isKnown(stored.refs().get(0).id()))
                .as("the index is read without the head")
                .isTrue();
    }

    @Test
    void isRebuiltFromPacksAloneWithTheSameAnswers() {
        Stored one = session(3000, true);
        Stored two = session(2000, false);
        BlobIndex before = world.index(two.packs());
        List<List<BlobLocation>> answers = new ArrayList<>();
        one.refs().forEach(ref -> answers.add(before.lookup(ref.id())));
        two.refs().forEach(ref -> answers.add(before.lookup(ref.id())));
        one.runs().forEach(run -> store.delete(new ObjectName(run.objectName())));

        IndexRebuild.Result result = new IndexRebuild(store, world.keys, world.ring).run(pack -> false);

        assertThat(result.packs()).isEqualTo(world.packs().size());
        assertThat(result.blobs()).isEqualTo(5000);
        assertThat(result.unreadable()).isEmpty();
        BlobIndex after = world.index(List.of());
        List<List<BlobLocation>> rebuilt = new ArrayList<>();
        one.refs().forEach(ref -> rebuilt.add(after.lookup(ref.id())));
        two.refs().forEach(ref -> rebuilt.add(after.lookup(ref.id())));
        assertThat(rebuilt).isEqualTo(answers);
    }

    @Test
    void namesThePacksThatARebuildCannotRead() {
        Stored stored = session(3000, true);
        PackRef cut = stored.packs().get(0);
        byte[] bytes = world.bytes(cut.objectName());
        world.replace(cut.objectName(), Arrays.copyOf(bytes, bytes.length - 1));
        IndexRebuild.Result result = new IndexRebuild(store, world.keys, world.ring).run(pack -> false);
        assertThat(result.unreadable()).hasSize(1);
        assertThat(result.unreadable().values()).allMatch(what -> what.contains("cut off"));
        assertThat(result.packs()).isEqualTo(stored.packs().size() - 1);
    }

    private BlobIndex cached(Path cache) {
        return new BlobIndex(
                world.scope, new IndexRunFiles(store, Optional.of(cache)), List.of(), RetiredPacks::none, 1 << 20);
    }
}
