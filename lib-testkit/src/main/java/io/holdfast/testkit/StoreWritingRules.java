// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.error.ErrorCode;
import io.holdfast.store.ByteRange;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.Protection;
import io.holdfast.store.PutMode;
import io.holdfast.store.PutOptions;
import io.holdfast.store.PutResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** One writer: whole objects, under their names, or nothing. */
abstract class StoreWritingRules extends StoreRules {
    private static final int LARGE = 5 * 1024 * 1024 + 3;

    StoreWritingRules(Fixture fixture) {
        super(fixture);
    }

    @Test
    void givesBackTheBytesThatWerePut() {
        assertThat(put("data/ab/one", text("one"))).isEqualTo(PutResult.WRITTEN);

        assertThat(read("data/ab/one")).isEqualTo(text("one"));
    }

    @Test
    void givesBackTheBytesThroughAnotherHandle() throws Exception {
        put("data/ab/one", text("one"));

        try (ObjectStore other = openAgain()) {
            assertThat(read(other, "data/ab/one", ByteRange.all())).isEqualTo(text("one"));
        }
    }

    @Test
    void keepsObjectsWhenItIsClosed() throws Exception {
        put("data/ab/one", text("one"));
        store().close();

        try (ObjectStore other = openAgain()) {
            assertThat(read(other, "data/ab/one", ByteRange.all())).isEqualTo(text("one"));
        }
    }

    @Test
    void canBeClosedTwice() {
        store().close();
        store().close();
    }

    @Test
    void keepsAnEmptyObject() {
        put("empty", new byte[0]);

        assertThat(read("empty")).isEmpty();
        assertThat(store().stat(name("empty")).orElseThrow().length()).isZero();
    }

    @Test
    void keepsALargeObject() {
        byte[] large = noise(LARGE, 1);

        put("data/cd/large", large);

        assertThat(read("data/cd/large")).isEqualTo(large);
    }

    @Test
    void keepsABodyThatConsistsOfParts() {
        ObjectBody parts = ObjectBody.concat(
                List.of(ObjectBody.of(text("a")), ObjectBody.of(new byte[0]), ObjectBody.of(text("_bcd_"), 1, 3)));

        store().put(name("parts"), parts, PutOptions.overwrite());

        assertThat(read("parts")).isEqualTo(text("abcd"));
    }

    @Test
    void keepsABodyThatArrivesInDribbles() {
        byte[] bytes = noise(10_000, 2);
        ObjectBody dribbling = body(bytes.length, () -> new Dribble(new ByteArrayInputStream(bytes)));

        store().put(name("dribbled"), dribbling, PutOptions.overwrite());

        assertThat(read("dribbled")).isEqualTo(bytes);
    }

    @Test
    void closesTheBody() {
        AtomicInteger open = new AtomicInteger();
        byte[] bytes = text("counted");
        ObjectBody counted = body(bytes.length, () -> {
            open.incrementAndGet();
            return new ByteArrayInputStream(bytes) {
                @Override
                public void close() {
                    open.decrementAndGet();
                }
            };
        });

        store().put(name("counted"), counted, PutOptions.overwrite());

        assertThat(open).hasValue(0);
    }

    @Test
    void tellsNamesApart() {
        List<String> names = List.of(
                "a",
                "b/a",
                "b/a.b",
                "b/a-b",
                "b/a_b",
                "b/ab",
                "b/ba/a",
                "b.a/a",
                "0/00000000000000000001",
                "c/.d",
                "c/d..d");
        names.forEach(each -> put(each, text("content of " + each)));

        assertThat(list("")).containsExactlyInAnyOrderElementsOf(names);
        assertThat(names).allSatisfy(each -> assertThat(read(each)).isEqualTo(text("content of " + each)));
    }

    @Test
    void takesTheLongestName() {
        String longest = "d/" + "n".repeat(200) + "/" + "x".repeat(52);
        assertThat(longest).hasSize(255);

        put(longest, text("far down"));

        assertThat(read(longest)).isEqualTo(text("far down"));
        assertThat(list("d/")).containsExactly(longest);
    }

    @Test
    void createsWhatIsAbsent() {
        if (!store().capabilities().conditionalCreate()) {
            assertUnsupported(() -> create("new", text("new")));
            return;
        }
        assertThat(create("new", text("new"))).isEqualTo(PutResult.WRITTEN);
        assertThat(read("new")).isEqualTo(text("new"));
    }

    @Test
    void refusesASecondCreateAndLeavesTheFirstAlone() {
        if (!store().capabilities().conditionalCreate()) {
            assertUnsupported(() -> create("taken", text("second")));
            return;
        }
        create("taken", text("first"));

        assertThat(create("taken", text("second"))).isEqualTo(PutResult.REFUSED);
        assertThat(create("taken", text("first"))).isEqualTo(PutResult.REFUSED);
        assertThat(read("taken")).isEqualTo(text("first"));
    }

    @Test
    void createsAgainAfterADelete() {
        if (!store().capabilities().conditionalCreate()) {
            assertUnsupported(() -> create("again", text("second")));
            return;
        }
        create("again", text("first"));
        store().delete(name("again"));

        assertThat(create("again", text("second"))).isEqualTo(PutResult.WRITTEN);
        assertThat(read("again")).isEqualTo(text("second"));
    }

    @Test
    void overwritesWithAShorterAndALongerObject() {
        put("lease", text("something long"));

        assertThat(put("lease", text("short"))).isEqualTo(PutResult.WRITTEN);
        assertThat(read("lease")).isEqualTo(text("short"));

        put("lease", noise(100_000, 3));
        assertThat(read("lease")).isEqualTo(noise(100_000, 3));
        assertThat(list("")).containsExactly("lease");
    }

    @Test
    void replacesTheVersionThatStandsThereOnly() {
        put("versioned", text("one"));
        if (!store().capabilities().conditionalReplace()) {
            assertUnsupported(() -> replace("versioned", "1", "two"));
            return;
        }
        String version = store().stat(name("versioned")).orElseThrow().version().orElseThrow();

        assertThat(replace("versioned", version, "two")).isEqualTo(PutResult.WRITTEN);
        assertThat(replace("versioned", version, "three")).isEqualTo(PutResult.REFUSED);
        assertThat(read("versioned")).isEqualTo(text("two"));
    }

    @Test
    void replacesNothingThatIsAbsent() {
        if (!store().capabilities().conditionalReplace()) {
            assertUnsupported(() -> replace("absent", "1", "two"));
            return;
        }
        put("versioned", text("one"));
        String version = store().stat(name("versioned")).orElseThrow().version().orElseThrow();

        assertThat(replace("absent", version, "two")).isEqualTo(PutResult.REFUSED);
        assertHasNothingUnder("absent");
    }

    private PutResult replace(String name, String version, String content) {
        PutOptions options = new PutOptions(PutMode.replaceVersion(version), Protection.none());
        return store().put(name(name), ObjectBody.of(text(content)), options);
    }

    @Test
    void writesNothingOfABodyThatIsShorterThanItSays() {
        ObjectBody tooShort = body(10, () -> new ByteArrayInputStream(new byte[9]));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> store().put(name("short"), tooShort, PutOptions.overwrite()))
                .withMessageContaining("short");
        assertHasNothingUnder("short");
    }

    @Test
    void writesNothingOfABodyThatIsLongerThanItSays() {
        ObjectBody tooLong = body(10, () -> new ByteArrayInputStream(new byte[11]));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> store().put(name("long"), tooLong, PutOptions.overwrite()))
                .withMessageContaining("long");
        assertHasNothingUnder("long");
    }

    @Test
    void writesNothingOfABodyThatBreaksOff() {
        ObjectBody broken = body(LARGE, () -> breaking(noise(LARGE / 2, 4)));

        assertThatThrownBy(() -> store().put(name("broken"), broken, PutOptions.overwrite()))
                .isInstanceOf(UncheckedIOException.class)
                .cause()
                .hasMessage("the source broke off");
        assertHasNothingUnder("broken");
    }

    @Test
    void leavesTheOldObjectWhenANewBodyBreaksOff() {
        put("kept", text("old"));
        ObjectBody broken = body(LARGE, () -> breaking(noise(LARGE / 2, 5)));

        assertThatThrownBy(() -> store().put(name("kept"), broken, PutOptions.overwrite()))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(read("kept")).isEqualTo(text("old"));
        assertThat(list("")).containsExactly("kept");
    }

    @Test
    void tellsWhatItIs() {
        assertThat(store().describe()).isNotBlank().isEqualTo(store().describe());
        assertThat(store().capabilities()).isEqualTo(store().capabilities());
    }

    @Test
    void namesTheObjectThatIsMissing() {
        assertThatThrownBy(() -> read("no/such/object")).hasMessageContaining("no/such/object");
        assertFails(ErrorCode.STORE_OBJECT_MISSING, () -> read("no/such/object"));
    }

    private static ObjectBody body(long length, Supplier<InputStream> stream) {
        return new ObjectBody() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public InputStream open() {
                return stream.get();
            }
        };
    }

    private static InputStream breaking(byte[] first) {
        return new SequenceInputStream(new ByteArrayInputStream(first), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the source broke off");
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                throw new IOException("the source broke off");
            }
        });
    }

    /** Gives seven bytes at a time, as a slow connection may. */
    private static final class Dribble extends InputStream {
        private final InputStream in;

        Dribble(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return in.read(into, offset, Math.min(7, length));
        }
    }
}
