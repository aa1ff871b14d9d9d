// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.store.DeleteResult;
import io.holdfast.store.Deletion;
import io.holdfast.store.ObjectListing;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStat;
import io.holdfast.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Listings and deletes: every object once, and none that is gone. */
abstract class StoreListingRules extends StoreRules {
    StoreListingRules(Fixture fixture) {
        super(fixture);
    }

    @Test
    void listsNothingInAnEmptyStore() {
        assertThat(list("")).isEmpty();
        assertThat(list("snapshots/")).isEmpty();
    }

    @Test
    void listsEveryObjectOnce() {
        List<String> names = IntStream.range(0, 400)
                .mapToObj(i -> "data/%02x/%05d".formatted(i % 16, i))
                .toList();
        names.forEach(each -> put(each, text("x")));

        assertThat(list("")).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void listsWhatWasPutAtOnce() {
        if (!store().capabilities().listsAfterWrite()) {
            return;
        }
        for (int i = 0; i < 20; i++) {
            String name = "snapshots/x/" + i;
            put(name, text("x"));
            assertThat(list("snapshots/x/")).hasSize(i + 1).contains(name);
        }
    }

    @Test
    void listsByFolder() {
        putTree();

        assertThat(list("a/")).containsExactlyInAnyOrder("a/1", "a/2", "a/b/1");
        assertThat(list("a/b/")).containsExactly("a/b/1");
        assertThat(list("none/")).isEmpty();
    }

    @Test
    void listsByAPrefixThatEndsWithinASegment() {
        putTree();

        assertThat(list("a")).containsExactlyInAnyOrder("a/1", "a/2", "a/b/1", "ab/1", "a.b");
        assertThat(list("a/b")).containsExactly("a/b/1");
        assertThat(list("ab")).containsExactly("ab/1");
        assertThat(list("a/x")).isEmpty();
    }

    @Test
    void listsOneObjectByItsWholeName() {
        putTree();

        assertThat(list("a/1")).containsExactly("a/1");
        assertThat(list("a/1/")).isEmpty();
    }

    @Test
    void listsNothingByAPrefixThatNoNameHas() {
        putTree();

        for (String impossible : List.of("A/", "/", "a//", "../", "./a", "a/../a/", " ", "+", "a\\1", "\u00e9")) {
            assertThat(list(impossible)).as("prefix '%s'", impossible).isEmpty();
        }
    }

    @Test
    void listsLengths() {
        put("sizes/three", text("123"));
        put("sizes/none", new byte[0]);

        assertThat(stats("sizes/"))
                .extracting(stat -> stat.name().value() + "=" + stat.length())
                .containsExactlyInAnyOrder("sizes/three=3", "sizes/none=0");
    }

    @Test
    void listsThroughAnotherHandle() throws Exception {
        putTree();

        try (ObjectStore other = openAgain();
                ObjectListing listing = other.list("a/")) {
            List<ObjectStat> found = new ArrayList<>();
            listing.forEachRemaining(found::add);
            assertThat(found).hasSize(3);
        }
    }

    @Test
    void listsWhatStandsThroughoutOnceWhileOtherObjectsComeAndGo() {
        for (int i = 0; i < 60; i++) {
            put("moving/stays-" + i, text("x"));
            put("moving/goes-" + i, text("x"));
        }
        List<String> seen = new ArrayList<>();
        try (ObjectListing listing = store().list("moving/")) {
            for (int i = 0; listing.hasNext(); i++) {
                seen.add(listing.next().name().value());
                if (i < 60) {
                    store().delete(name("moving/goes-" + i));
                    put("moving/comes-" + i, text("x"));
                }
            }
        }

        assertThat(seen).doesNotHaveDuplicates();
        assertThat(seen.stream().filter(each -> each.contains("stays"))).hasSize(60);
    }

    @Test
    void endsAListingWithoutAnotherObject() {
        put("only", text("x"));
        try (ObjectListing listing = store().list("")) {
            assertThat(listing.next().name()).isEqualTo(name("only"));
            assertThat(listing.hasNext()).isFalse();
            assertThat(listing.hasNext()).isFalse();
            assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(listing::next);
        }
    }

    @Test
    void letsAListingBeClosedEarlyAndTwice() {
        putTree();
        ObjectListing listing = store().list("");
        listing.next();

        listing.close();
        listing.close();

        assertThat(list("a/")).hasSize(3);
    }

    @Test
    void deletesAnObject() {
        put("gone", text("x"));

        assertThat(store().delete(name("gone"))).isEqualTo(DeleteResult.DELETED);
        assertHasNothingUnder("gone");
    }

    @Test
    void tellsThatThereWasNothingToDelete() {
        put("there/x", text("x"));

        assertThat(store().delete(name("there/y"))).isEqualTo(DeleteResult.ABSENT);
        assertThat(store().delete(name("nowhere/y"))).isEqualTo(DeleteResult.ABSENT);
        assertThat(store().delete(name("there"))).isEqualTo(DeleteResult.ABSENT);
        assertThat(list("")).containsExactly("there/x");
    }

    @Test
    void deletesOneObjectOnly() {
        putTree();

        store().delete(name("a/1"));

        assertThat(list("")).containsExactlyInAnyOrder("a/2", "a/b/1", "ab/1", "a.b", "b");
    }

    @Test
    void deletesSeveralObjectsEachForItself() {
        putTree();
        List<ObjectName> names = List.of(name("a/b/1"), name("b"), name("nowhere/x"), name("a/1"));

        List<Deletion> done = store().deleteAll(names);

        assertThat(done).extracting(Deletion::name).isEqualTo(names);
        assertThat(done).allMatch(each -> each.error().isEmpty());
        assertThat(done.get(0).result()).hasValue(DeleteResult.DELETED);
        assertThat(done.get(3).result()).hasValue(DeleteResult.DELETED);
        // Some services do not tell whether there was anything.
        assertThat(done.get(2).result().orElseThrow()).isNotEqualTo(DeleteResult.RETAINED);
        assertThat(list("")).containsExactlyInAnyOrder("a/2", "ab/1", "a.b");
        assertHasNothingUnder("b");
        assertThat(store().deleteAll(List.of())).isEmpty();
    }

    @Test
    void doesNotTakeItsOwnWritesForThoseOfAnIntruder() {
        putTree();
        put("a/1", text("another text"));
        store().delete(name("b"));
        put("b", text("again"));

        assertThat(store().overlays("")).isEmpty();
    }

    @Test
    void deletesMoreObjectsThanFitIntoOneRequest() {
        List<ObjectName> names =
                IntStream.range(0, 1_100).mapToObj(i -> name("many/" + i)).toList();
        names.subList(990, 1_010).forEach(each -> put(each.value(), text("x")));
        put("other", text("x"));

        assertThat(store().deleteAll(names))
                .hasSize(1_100)
                .allMatch(each -> each.error().isEmpty());

        assertThat(list("")).containsExactly("other");
    }

    private void putTree() {
        List.of("a/1", "a/2", "a/b/1", "ab/1", "a.b", "b").forEach(each -> put(each, text("x")));
    }
}
