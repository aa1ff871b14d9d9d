// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.internal.format.ResourceState;
import io.holdfast.internal.repository.ManifestWork;
import io.holdfast.internal.repository.SessionWork;
import io.holdfast.internal.split.Recipe;
import io.holdfast.internal.split.RecipeOp;
import io.holdfast.manifest.BlobRef;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.manifest.PartEntry;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ResourceId;
import io.holdfast.model.TenantId;
import io.holdfast.repository.RepairReport;
import io.holdfast.repository.Snapshot;
import io.holdfast.repository.VerifyLevel;
import io.holdfast.repository.VerifyReport;
import io.holdfast.repository.VerifyReport.DamagedItem;
import io.holdfast.repository.VerifyRequest;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.store.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Snapshots whose objects are all sound, but whose manifest says of a part what its blobs do not make up. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WrongPartTest {
    private final HoldfastRuntime runtime = new SimulatedProcess(21).runtime();
    private final StoredWorld world = StoredWorld.make(runtime);

    @AfterAll
    void close() {
        runtime.close();
    }

    /** What a faulty writer, or a forger with the key, wrote about an item of the first snapshot. */
    private record Forgery(String what, ResourceId resource, String key, UnaryOperator<PartEntry> change) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Forgery> forgeries() {
        return Stream.of(
                new Forgery("hash of a part in a solid frame", MapConnector.NOTES, "note-7", WrongPartTest::otherHash),
                new Forgery("hash of a part in a frame alone", MapConnector.NOTES, "large", WrongPartTest::otherHash),
                new Forgery("hash of a part of many blobs", StoredWorld.FILES, "film", WrongPartTest::otherHash),
                new Forgery("order of the blobs of a part", StoredWorld.FILES, "film", WrongPartTest::otherOrder),
                new Forgery("hash of a split part", StoredWorld.LETTERS, "greeting", WrongPartTest::otherHash),
                new Forgery("recipe", StoredWorld.LETTERS, "greeting", WrongPartTest::otherRecipe),
                new Forgery("form of a recipe", StoredWorld.LETTERS, "greeting", WrongPartTest::brokenRecipe));
    }

    private static PartEntry otherHash(PartEntry part) {
        byte[] hash = part.rawHash().clone();
        hash[31] ^= 1;
        return with(part, hash, part.blobs(), part.recipe());
    }

    private static PartEntry otherOrder(PartEntry part) {
        List<BlobRef> blobs = new ArrayList<>(part.blobs());
        Collections.swap(blobs, 0, 1);
        return with(part, part.rawHash(), blobs, part.recipe());
    }

    private static PartEntry otherRecipe(PartEntry part) {
        if (part.recipe().isEmpty()) {
            return part;
        }
        Recipe recipe = decoded(part);
        List<RecipeOp> ops = recipe.ops().stream()
                .map(op -> op instanceof RecipeOp.Base64Run run
                        ? new RecipeOp.Base64Run(
                                run.stream(),
                                run.decodedBytes(),
                                run.lineLength() + 4,
                                run.lineEnd(),
                                run.lastLineEnds())
                        : op)
                .toList();
        return with(part, part.rawHash(), part.blobs(), Optional.of(new Recipe(ops).encode()));
    }

    private static PartEntry brokenRecipe(PartEntry part) {
        Optional<byte[]> recipe = part.recipe().map(encoded -> {
            byte[] broken = encoded.clone();
            broken[0] ^= 64;
            return broken;
        });
        return with(part, part.rawHash(), part.blobs(), recipe);
    }

    private static Recipe decoded(PartEntry part) {
        try {
            return Recipe.decode(part.recipe().orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PartEntry with(PartEntry part, byte[] hash, List<BlobRef> blobs, Optional<byte[]> recipe) {
        return new PartEntry(part.name(), part.size(), part.canonicalHash(), hash, blobs, recipe, false);
    }

    private static ManifestEntry with(ManifestEntry entry, UnaryOperator<PartEntry> change) {
        return new ManifestEntry(
                entry.key(),
                entry.kind(),
                entry.feed(),
                entry.containers(),
                entry.name(),
                entry.contentTag(),
                entry.stateTag(),
                entry.modified(),
                entry.size(),
                entry.metadata(),
                entry.parts().stream().map(change).toList(),
                entry.relations(),
                entry.condition());
    }

    private Snapshot write(Repository repository, Forgery forgery) {
        Snapshot first = repository.snapshot(StoredWorld.PAPERS, OptionalLong.of(1));
        ManifestEntry entry = repository
                .manifest(first, forgery.resource())
                .get(new ItemKey(forgery.key()))
                .orElseThrow();
        try (SessionWork work =
                repository.engine().begin(StoredWorld.PAPERS, new TenantId("local"), runtime.memory())) {
            ResourceState state = work.table().find(forgery.resource()).orElseThrow();
            ManifestWork manifest = work.manifest(state);
            manifest.put(with(entry, forgery.change()));
            work.flush(List.of(manifest.freeze(work.number()).orElseThrow()));
            work.table()
                    .put(new ResourceState(
                            state.resource(),
                            manifest.runs(),
                            manifest.digest(),
                            manifest.counts(),
                            state.feeds(),
                            state.ledger(),
                            state.openCounts(),
                            state.lastCompleted(),
                            state.departedSince()));
            return work.commit(true, Map.of());
        }
    }

    private Repository open(ObjectStore store) {
        return Repository.open(store, StoredWorld.key()).on(runtime);
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void aPartThatItsBlobsDoNotMakeUpIsFoundWithTheContentAndNamed(Forgery forgery) {
        try (Repository repository = open(StoredWorld.storeOf(world.objects))) {
            Snapshot forged = write(repository, forgery);

            assertThat(repository
                            .verify(VerifyRequest.of(VerifyLevel.STRUCTURE))
                            .damages())
                    .isEmpty();
            VerifyReport report = repository.verify(VerifyRequest.of(VerifyLevel.CONTENT));
            assertThat(report.damages()).singleElement().satisfies(damage -> {
                assertThat(damage.object()).startsWith("snapshots/").endsWith("" + forged.sequence());
                assertThat(damage.what()).contains("part '");
                assertThat(damage.items())
                        .containsExactly(new DamagedItem(
                                StoredWorld.PAPERS.value(),
                                forged.sequence(),
                                forgery.resource().value(),
                                forgery.key()));
            });
        }
    }

    @Test
    void whatIsWrongInAnOlderSnapshotAloneIsNamedWithThatOne() {
        try (Repository repository = open(StoredWorld.storeOf(world.objects))) {
            Forgery forgery = new Forgery("hash", MapConnector.NOTES, "note-7", WrongPartTest::otherHash);
            Snapshot forged = write(repository, forgery);
            write(repository, new Forgery("nothing", MapConnector.NOTES, "note-7", UnaryOperator.identity()));

            VerifyReport report = repository.verify(VerifyRequest.of(VerifyLevel.CONTENT));

            assertThat(report.damages())
                    .singleElement()
                    .satisfies(damage -> assertThat(damage.items())
                            .extracting(DamagedItem::snapshot)
                            .containsExactly(forged.sequence()));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = VerifyLevel.class,
            names = {"CONTENT", "REHEARSAL"})
    void theNextSessionFetchesAnItemOfWhichAPartIsWrong(VerifyLevel level) {
        try (Repository repository = open(StoredWorld.storeOf(world.objects))) {
            write(repository, new Forgery("hash", MapConnector.NOTES, "note-7", WrongPartTest::otherHash));

            RepairReport repaired = repository.repair(repository.verify(VerifyRequest.of(level)));

            assertThat(repaired.items()).isEqualTo(1);
            assertThat(repaired.packs()).isZero();
        }
    }

    @Test
    void samplesThatRotateFindItBeforeTheyBeginAnew(@TempDir Path cache) {
        try (Repository repository = Repository.open(StoredWorld.storeOf(world.objects), StoredWorld.key())
                .cache(cache)
                .on(runtime)) {
            write(repository, new Forgery("hash", StoredWorld.FILES, "film", WrongPartTest::otherHash));
            VerifyRequest quarter = new VerifyRequest(VerifyLevel.CONTENT, 25, Optional.empty());

            List<Boolean> sound = Stream.generate(
                            () -> repository.verify(quarter).sound())
                    .limit(4)
                    .toList();

            assertThat(sound).containsOnlyOnce(false);
        }
    }
}
