// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.manifest.EntryChange;
import io.holdfast.manifest.InMemoryManifest;
import io.holdfast.manifest.Manifest;
import io.holdfast.manifest.ManifestDigest;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.manifest.ManifestOrder;
import io.holdfast.model.ItemKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Manifest} must do; a test of a manifest extends this with a factory.
 *
 * <p>The factory is given a history, and makes a manifest that went through it: an implementation that keeps more than the last state, such
 * as runs over one another, shall have them all in play.
 */
@DisplayName("A manifest")
public abstract class ManifestContract {

    /** For subclasses. */
    protected ManifestContract() {}

    /**
     * Makes a manifest by changing an empty one. All that one case makes are of one kind and one key: their digests may be compared.
     *
     * @param history changes, batch by batch, each batch ascending in {@link ManifestOrder}
     * @return the manifest
     * @throws Exception if it cannot be made
     */
    protected abstract Manifest createManifest(List<List<EntryChange>> history) throws Exception;

    private static EntryChange put(ManifestEntry entry) {
        return new EntryChange.Put(entry);
    }

    private static EntryChange remove(ManifestEntry entry) {
        return new EntryChange.Remove(entry.key(), entry.kind().container());
    }

    private Manifest of(List<ManifestEntry> entries) throws Exception {
        return createManifest(List.of(ManifestEntries.puts(entries)));
    }

    private static List<ManifestEntry> entries(Manifest manifest, Optional<ManifestOrder.Position> after) {
        List<ManifestEntry> found = new ArrayList<>();
        try (Manifest.EntryCursor cursor = manifest.range(after)) {
            for (ManifestEntry entry = cursor.next(); entry != null; entry = cursor.next()) {
                found.add(entry);
            }
        }
        return found;
    }

    private static List<ManifestEntry> entries(Manifest manifest) {
        return entries(manifest, Optional.empty());
    }

    private static List<Manifest.Difference> differences(Manifest older, Manifest newer) {
        List<Manifest.Difference> found = new ArrayList<>();
        try (Manifest.DifferenceCursor cursor = newer.diff(older)) {
            for (Manifest.Difference each = cursor.next(); each != null; each = cursor.next()) {
                found.add(each);
            }
        }
        return found;
    }

    /** What it tells. */
    @Nested
    @DisplayName("when it is read")
    final class Reading {
        @Test
        void findsEachItem() throws Exception {
            Manifest manifest = of(ManifestEntries.mixed());

            assertThat(ManifestEntries.mixed())
                    .allSatisfy(entry -> assertThat(manifest.get(entry.key())).hasValue(entry));
        }

        @Test
        void findsNothingElse() throws Exception {
            Manifest manifest = of(ManifestEntries.mixed());

            for (String key : List.of("absent", "item-", "item-00", "item-0000", "ITEM-000")) {
                assertThat(manifest.get(new ItemKey(key))).as(key).isEmpty();
            }
        }

        @Test
        void tellsContainersFirstAndThenByTheBytesOfTheKey() throws Exception {
            List<ManifestEntry> sorted = ManifestEntries.mixed().stream()
                    .sorted((a, b) ->
                            ManifestOrder.COMPARATOR.compare(ManifestOrder.position(a), ManifestOrder.position(b)))
                    .toList();

            assertThat(entries(of(ManifestEntries.mixed()))).isEqualTo(sorted);
        }

        @Test
        void goesOnBehindAnyPosition() throws Exception {
            Manifest manifest = of(ManifestEntries.mixed());
            List<ManifestEntry> all = entries(manifest);

            for (int i = 0; i < all.size(); i++) {
                assertThat(entries(manifest, Optional.of(ManifestOrder.position(all.get(i)))))
                        .isEqualTo(all.subList(i + 1, all.size()));
            }
        }

        @Test
        void goesOnBehindAPositionThatItDoesNotHave() throws Exception {
            Manifest manifest = of(ManifestEntries.mixed());
            ManifestOrder.Position between = new ManifestOrder.Position(false, new ItemKey("item-003x"));

            assertThat(entries(manifest, Optional.of(between)))
                    .first()
                    .isEqualTo(ManifestEntries.item("item-004", "name 4"));
        }

        @Test
        void staysAtItsEnd() throws Exception {
            Manifest manifest = of(ManifestEntries.items(1));

            try (Manifest.EntryCursor cursor = manifest.range(Optional.empty())) {
                assertThat(cursor.next()).isNotNull();
                assertThat(cursor.next()).isNull();
                assertThat(cursor.next()).isNull();
            }
        }

        @Test
        void givesCursorsThatDoNotDisturbOneAnother() throws Exception {
            Manifest manifest = of(ManifestEntries.items(3));

            Manifest.EntryCursor first = manifest.range(Optional.empty());
            assertThat(first.next()).isEqualTo(ManifestEntries.items(3).get(0));
            try (Manifest.EntryCursor second = manifest.range(Optional.empty())) {
                assertThat(second.next()).isEqualTo(ManifestEntries.items(3).get(0));
            }
            assertThat(first.next()).isEqualTo(ManifestEntries.items(3).get(1));
            first.close();
        }

        @Test
        void isReadByManyThreads() throws Exception {
            Manifest manifest = of(ManifestEntries.mixed());
            List<ManifestEntry> expected = entries(manifest);

            List<Boolean> right = StoreRules.together(
                    4,
                    i -> () -> entries(manifest).equals(expected)
                            && manifest.get(expected.get(i).key()).isPresent());

            assertThat(right).containsOnly(true);
        }
    }

    /** How it changes. */
    @Nested
    @DisplayName("when it is changed")
    final class Changing {
        private final List<ManifestEntry> items = ManifestEntries.items(6);
        private final ManifestEntry other = ManifestEntries.item("item-002", "another name");

        @Test
        void keepsTheLastOfWhatItWentThrough() throws Exception {
            Manifest manifest = createManifest(List.of(
                    ManifestEntries.puts(items),
                    List.of(remove(items.get(1)), put(other)),
                    List.of(put(items.get(1)), remove(items.get(3))),
                    List.of(remove(items.get(1)))));

            assertThat(entries(manifest)).containsExactly(items.get(0), other, items.get(4), items.get(5));
            assertThat(manifest.get(items.get(1).key())).isEmpty();
            assertThat(manifest.get(other.key())).hasValue(other);
        }

        @Test
        void appliesPutsAndRemovals() throws Exception {
            ManifestEntry late = ManifestEntries.item("item-900", "late");

            Manifest changed = of(items).apply(List.of(remove(items.get(0)), put(other), put(late)));

            assertThat(entries(changed))
                    .containsExactly(items.get(1), other, items.get(3), items.get(4), items.get(5), late);
        }

        @Test
        void staysAsItIsWhenAnotherIsMadeOfIt() throws Exception {
            Manifest manifest = of(items);
            ManifestDigest digest = manifest.digest();

            manifest.apply(List.of(remove(items.get(0)), put(other)));

            assertThat(entries(manifest)).isEqualTo(items);
            assertThat(manifest.digest()).isEqualTo(digest);
            assertThat(manifest.counts().items()).isEqualTo(6);
        }

        @Test
        void leavesOutRemovalsOfWhatItDoesNotHave() throws Exception {
            Manifest manifest = of(items);

            Manifest same = manifest.apply(List.of(remove(ManifestEntries.item("absent", "absent"))));

            assertThat(entries(same)).isEqualTo(items);
            assertThat(same.digest()).isEqualTo(manifest.digest());
            assertThat(same.counts()).isEqualTo(manifest.counts());
        }

        @Test
        void refusesChangesOutOfOrder() throws Exception {
            Manifest manifest = of(items);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> manifest.apply(List.of(put(items.get(1)), put(items.get(0)))));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> manifest.apply(List.of(remove(items.get(1)), put(items.get(1)))));
        }

        @Test
        void appliesThousandsOfChanges() throws Exception {
            List<ManifestEntry> many = ManifestEntries.items(3000);
            List<EntryChange> half = new ArrayList<>();
            for (int i = 0; i < many.size(); i += 2) {
                half.add(remove(many.get(i)));
            }

            Manifest changed = of(many).apply(half);

            assertThat(changed.counts().items()).isEqualTo(1500);
            assertThat(entries(changed)).hasSize(1500).contains(many.get(2999)).doesNotContain(many.get(0));
        }
    }

    /** What it sums up. */
    @Nested
    @DisplayName("when it is summed up")
    final class Summing {
        @Test
        void countsItemsContainersAndBytes() throws Exception {
            Manifest manifest = of(ManifestEntries.mixed());
            long containers = ManifestEntries.mixed().stream()
                    .filter(entry -> entry.kind().container())
                    .count();
            long bytes = ManifestEntries.mixed().stream()
                    .flatMap(entry -> entry.parts().stream())
                    .mapToLong(part -> part.size())
                    .sum();

            assertThat(manifest.counts())
                    .isEqualTo(new Manifest.Counts(ManifestEntries.mixed().size() - containers, containers, bytes));
        }

        @Test
        void countsAgainWhenItemsChangeAndGo() throws Exception {
            List<ManifestEntry> items = ManifestEntries.items(3);

            Manifest changed = of(items).apply(List.of(put(ManifestEntries.whole()), remove(items.get(2))));

            assertThat(changed.counts().items()).isEqualTo(2);
            assertThat(changed.counts().bytes())
                    .isEqualTo(ManifestEntries.whole().parts().stream()
                                    .mapToLong(part -> part.size())
                                    .sum()
                            + ManifestEntries.PART_BYTES);
            assertThat(changed.apply(List.of(remove(ManifestEntries.whole()), remove(items.get(1))))
                            .counts())
                    .isEqualTo(new Manifest.Counts(0, 0, 0));
        }

        @Test
        void hasTheEmptyDigestWhenItIsEmpty() throws Exception {
            List<ManifestEntry> items = ManifestEntries.items(3);

            assertThat(createManifest(List.of()).digest()).isEqualTo(ManifestDigest.empty());
            assertThat(of(items).digest()).isNotEqualTo(ManifestDigest.empty());
            assertThat(of(items)
                            .apply(items.stream().map(ManifestContract::remove).toList())
                            .digest())
                    .isEqualTo(ManifestDigest.empty());
        }

        @Test
        void hasTheSameDigestForTheSameItemsWhateverTheHistory() throws Exception {
            List<ManifestEntry> items = ManifestEntries.items(5);

            Manifest other = createManifest(List.of(
                    List.of(put(items.get(4))),
                    List.of(put(ManifestEntries.item("item-001", "old")), put(items.get(2))),
                    List.of(put(items.get(0)), put(items.get(1)), put(ManifestEntries.item("item-700", "gone"))),
                    List.of(put(items.get(3)), remove(ManifestEntries.item("item-700", "gone")))));

            assertThat(other.digest()).isEqualTo(of(items).digest());
            assertThat(other.counts()).isEqualTo(of(items).counts());
        }

        @Test
        void hasAnotherDigestForOtherItems() throws Exception {
            List<ManifestDigest> digests = new ArrayList<>();
            for (ManifestEntry entry : ManifestEntries.variations()) {
                digests.add(of(List.of(entry)).digest());
            }

            assertThat(digests).doesNotHaveDuplicates();
        }

        @Test
        void hasTheSameDigestWhateverItemsAreRecognisedBy() throws Exception {
            ManifestEntry entry = ManifestEntries.whole();

            assertThat(of(List.of(ManifestEntries.retagged(entry))).digest())
                    .isEqualTo(of(List.of(entry)).digest());
        }
    }

    /** What differs. */
    @Nested
    @DisplayName("when it is compared")
    final class Comparing {
        private final List<ManifestEntry> items = ManifestEntries.items(6);
        private final ManifestEntry other = ManifestEntries.item("item-002", "another name");
        private final ManifestEntry late = ManifestEntries.item("item-900", "late");
        private final List<EntryChange> changes = List.of(remove(items.get(0)), put(other), put(late));

        private void assertTells(List<Manifest.Difference> differences) {
            assertThat(differences)
                    .containsExactly(
                            new Manifest.Difference(Optional.of(items.get(0)), Optional.empty()),
                            new Manifest.Difference(Optional.of(items.get(2)), Optional.of(other)),
                            new Manifest.Difference(Optional.empty(), Optional.of(late)));
        }

        @Test
        void tellsWhatWasAddedChangedAndRemovedInOrder() throws Exception {
            Manifest before = of(items);
            Manifest after = createManifest(List.of(ManifestEntries.puts(items), changes));

            assertTells(differences(before, after));
            assertTells(differences(before, before.apply(changes)));
        }

        @Test
        void tellsTheSameTheOtherWayRound() throws Exception {
            Manifest before = of(items);
            Manifest after = createManifest(List.of(ManifestEntries.puts(items), changes));

            assertThat(differences(after, before))
                    .containsExactly(
                            new Manifest.Difference(Optional.empty(), Optional.of(items.get(0))),
                            new Manifest.Difference(Optional.of(other), Optional.of(items.get(2))),
                            new Manifest.Difference(Optional.of(late), Optional.empty()));
        }

        @Test
        void findsNoDifferenceFromItselfOrFromAnotherHistory() throws Exception {
            Manifest straight = of(items);
            Manifest winding = createManifest(List.of(
                    List.of(put(ManifestEntries.item("item-001", "old")), put(late)),
                    ManifestEntries.puts(items),
                    List.of(remove(late))));

            assertThat(differences(straight, straight)).isEmpty();
            assertThat(differences(straight, winding)).isEmpty();
            assertThat(differences(winding, straight)).isEmpty();
        }

        @Test
        void findsNoDifferenceInTagsAlone() throws Exception {
            Manifest before = of(List.of(ManifestEntries.whole()));
            Manifest after = createManifest(List.of(
                    List.of(put(ManifestEntries.whole())),
                    List.of(put(ManifestEntries.retagged(ManifestEntries.whole())))));

            assertThat(differences(before, after)).isEmpty();
        }

        @Test
        void comparesItselfWithAManifestOfAnotherKind() throws Exception {
            Manifest foreign = InMemoryManifest.empty().apply(ManifestEntries.puts(items));
            Manifest own = createManifest(List.of(ManifestEntries.puts(items), changes));

            assertTells(differences(foreign, own));
            assertThat(differences(own, InMemoryManifest.empty())).hasSize(6);
        }
    }
}
