// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemRef;
import io.holdfast.source.Fetched;
import io.holdfast.source.Lookup;
import io.holdfast.source.Part;
import io.holdfast.source.Pull;
import io.holdfast.source.SourceItem;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Contents, each item with an outcome of its own. */
abstract class SourceFetchingRules extends SourceRules {
    private static final int LARGE = 300_001;

    SourceFetchingRules(Given given) {
        super(given);
    }

    @Test
    void givesTheContent() throws Exception {
        List<ItemKey> keys = create(3);
        SourceReading reading = read(source());

        for (int i = 0; i < 3; i++) {
            assertHolds(fetch(ref(reading, keys.get(i))), contentOf(i));
        }
    }

    @Test
    void givesALongContent() throws Exception {
        byte[] content = noise(LARGE, 11);
        ItemKey key = fixture().create("long", content);

        assertHolds(fetch(ref(read(source()), key)), content);
    }

    @Test
    void answersEachItemOfABatchOnceAndWithItsOwnContent() throws Exception {
        List<ItemKey> keys = create(Math.min(given.many(), source().maxFetchBatch()));
        List<ItemRef> refs = refs(read(source()), keys);

        List<Got> got = fetch(source(), refs);

        assertThat(got).extracting(each -> each.fetched().ref()).containsExactlyInAnyOrderElementsOf(refs);
        got.forEach(each ->
                assertHolds(each, contentOf(keys.indexOf(each.fetched().ref().key()))));
    }

    @Test
    void callsADeletedItemGone() throws Exception {
        List<ItemKey> keys = create(2);
        ItemRef ref = ref(read(source()), keys.get(0));

        fixture().delete(keys.get(0));

        assertThat(fetch(ref).fetched()).isEqualTo(new Fetched.Gone(ref));
    }

    @Test
    void saysThatABrokenItemIsThereAndCannotBeRead() throws Exception {
        List<ItemKey> keys = create(1);
        ItemRef ref = ref(read(source()), keys.get(0));

        fixture().breakItem(keys.get(0));
        Got got = fetch(ref);

        assertThat(got.fetched()).isNotInstanceOf(Fetched.Gone.class);
        assertThat(got.fetched() instanceof Fetched.Found && got.unreadable().isEmpty())
                .as("a broken item that reads like a sound one")
                .isFalse();
    }

    @Test
    void letsABrokenItemHideNoOther() throws Exception {
        List<ItemKey> keys = create(3);
        List<ItemRef> refs = refs(read(source()), keys);

        fixture().breakItem(keys.get(1));
        List<Got> got = fetch(source(), refs);
        SourceReading again = read(anotherSession());

        assertThat(got).extracting(each -> each.fetched().ref()).containsExactlyInAnyOrderElementsOf(refs);
        for (Got each : got) {
            int number = keys.indexOf(each.fetched().ref().key());
            if (number != 1) {
                assertHolds(each, contentOf(number));
            }
        }
        assertThat(again.named()).containsAll(keys);
    }

    @Test
    void givesTheStateOfTheMomentAndNotOfTheReference() throws Exception {
        List<ItemKey> keys = create(1);
        ItemRef old = ref(read(source()), keys.get(0));
        byte[] changed = noise(444, 3);

        fixture().change(keys.get(0), changed);
        Got got = fetch(old);

        assertHolds(got, changed);
        SourceItem.Tags given = ((Fetched.Found) got.fetched()).item().tags();
        SourceItem.Tags now = ((Lookup.Present) lookup(old)).item().tags();
        // No tag says that the item is read again next time, which is always allowed.
        assertThat(given.content()).isIn(Optional.empty(), now.content());
        assertThat(given.state()).isIn(Optional.empty(), now.state());
    }

    /** What is to be seen of a part while it is valid. */
    @FunctionalInterface
    private interface PartCheck {
        void check(Part part) throws Exception;
    }

    private void eachPart(PartCheck check) throws Exception {
        ItemKey key = fixture().create("long", noise(LARGE, 11));
        ItemRef ref = ref(read(source()), key);
        int parts = 0;
        try (Pull<Fetched> pull = source().fetch(fixture().resource(), List.of(ref))) {
            if (!(pull.next() instanceof Fetched.Found found)) {
                throw new AssertionError("item '" + key + "' is there and is not found");
            }
            for (Part part : found.parts()) {
                check.check(part);
                parts++;
            }
        }
        assertThat(parts).as("parts of an item with content").isPositive();
    }

    @Test
    void namesEachPartOnce() throws Exception {
        List<String> names = new ArrayList<>();

        eachPart(part -> names.add(part.name()));

        assertThat(names)
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(name).isNotEmpty().hasSizeLessThanOrEqualTo(1024));
    }

    @Test
    void announcesTheLengthThatItGives() throws Exception {
        eachPart(part -> {
            long announced = part.length();
            assertThat(announced).isIn(-1L, (long) bytes(part, 0).length);
        });
    }

    @Test
    void announcesTheHashOfWhatItGives() throws Exception {
        eachPart(part -> {
            byte[] bytes = bytes(part, 0);
            part.hash()
                    .ifPresent(hash -> assertThat(
                                    HexFormat.of().formatHex(hash.digest().get().digest(bytes)))
                            .isEqualTo(hash.hex()));
            if (part.sha256().isPresent()) {
                assertThat(part.sha256().get())
                        .isEqualTo(MessageDigest.getInstance("SHA-256").digest(bytes));
            }
        });
    }

    @Test
    void readsAPartAgain() throws Exception {
        eachPart(part -> {
            byte[] first = bytes(part, 0);
            byte[] second = bytes(part, 0);
            if (part.resume() == Part.Resume.RANGE) {
                assertThat(second).isEqualTo(first);
            } else {
                assertThat(second).hasSameSizeAs(first);
            }
        });
    }

    @Test
    void goesOnInTheMiddleOfAPartThatHasRanges() throws Exception {
        eachPart(part -> {
            byte[] whole = bytes(part, 0);
            if (part.resume() == Part.Resume.RANGE) {
                for (int offset : new int[] {1, whole.length / 2, whole.length}) {
                    assertThat(bytes(part, offset)).isEqualTo(Arrays.copyOfRange(whole, offset, whole.length));
                }
            }
        });
    }

    @Test
    void letsAFetchBeClosedEarlyAndTwice() throws Exception {
        List<ItemKey> keys = create(2);
        SourceReading reading = read(source());

        Pull<Fetched> pull = source().fetch(fixture().resource(), List.of(ref(reading, keys.get(0))));
        assertThat(pull.next()).isNotNull();
        pull.close();
        pull.close();

        assertHolds(fetch(ref(reading, keys.get(1))), contentOf(1));
    }
}
