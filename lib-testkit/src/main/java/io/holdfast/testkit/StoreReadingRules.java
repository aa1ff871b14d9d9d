// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.error.ErrorCode;
import io.holdfast.store.ByteRange;
import io.holdfast.store.ObjectStat;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole objects and ranges: exactly the bytes that were asked for, or an error. */
abstract class StoreReadingRules extends StoreRules {
    private static final String TEN = "digits/ten";

    StoreReadingRules(Fixture fixture) {
        super(fixture);
    }

    private void putTen() {
        put(TEN, text("0123456789"));
    }

    @Test
    void readsARangeFromTheMiddle() {
        putTen();

        assertThat(read(TEN, ByteRange.of(3, 4))).isEqualTo(text("3456"));
    }

    @Test
    void readsARangeFromTheStart() {
        putTen();

        assertThat(read(TEN, ByteRange.of(0, 1))).isEqualTo(text("0"));
    }

    @Test
    void readsTheLastByte() {
        putTen();

        assertThat(read(TEN, ByteRange.of(9, 1))).isEqualTo(text("9"));
    }

    @Test
    void cutsARangeThatEndsBehindTheEnd() {
        putTen();

        assertThat(read(TEN, ByteRange.of(8, 100))).isEqualTo(text("89"));
        assertThat(read(TEN, ByteRange.of(1, Long.MAX_VALUE))).isEqualTo(text("123456789"));
    }

    @Test
    void readsFromTheEnd() {
        putTen();

        assertThat(read(TEN, ByteRange.last(3))).isEqualTo(text("789"));
    }

    @Test
    void readsTheWholeObjectWhenMoreIsAskedForFromItsEnd() {
        putTen();

        assertThat(read(TEN, ByteRange.last(11))).isEqualTo(text("0123456789"));
        assertThat(read(TEN, ByteRange.last(Long.MAX_VALUE))).isEqualTo(text("0123456789"));
    }

    @Test
    void refusesARangeThatBeginsAtTheEndOrBehindIt() {
        putTen();

        assertFails(ErrorCode.STORE_SHORT_READ, () -> read(TEN, ByteRange.of(10, 1)));
        assertFails(ErrorCode.STORE_SHORT_READ, () -> read(TEN, ByteRange.of(1_000_000, Long.MAX_VALUE)));
    }

    @Test
    void readsAnEmptyObjectFromEitherEnd() {
        put("empty", new byte[0]);

        assertThat(read("empty", ByteRange.all())).isEmpty();
        assertThat(read("empty", ByteRange.of(0, 5))).isEmpty();
        assertThat(read("empty", ByteRange.last(5))).isEmpty();
        assertFails(ErrorCode.STORE_SHORT_READ, () -> read("empty", ByteRange.of(1, 1)));
    }

    @Test
    void readsARangeOfALargeObject() {
        byte[] large = noise(3_000_000, 7);
        put("large", large);

        assertThat(read("large", ByteRange.of(1_234_567, 1_500_001)))
                .isEqualTo(Arrays.copyOfRange(large, 1_234_567, 2_734_568));
    }

    @Test
    void readsByteByByteAndEndsThere() throws IOException {
        put("bytes", new byte[] {0, -1, 127});

        try (InputStream in = store().get(name("bytes"), ByteRange.all())) {
            assertThat(List.of(in.read(), in.read(), in.read(), in.read())).containsExactly(0, 255, 127, -1);
            assertThat(in.read(new byte[4])).isEqualTo(-1);
        }
    }

    @Test
    void skipsWithinAStream() throws IOException {
        putTen();

        try (InputStream in = store().get(name(TEN), ByteRange.of(1, 8))) {
            in.skipNBytes(5);
            assertThat(in.readAllBytes()).isEqualTo(text("678"));
        }
    }

    @Test
    void letsAStreamBeClosedEarlyAndTwice() throws IOException {
        put("large", noise(1_000_000, 8));
        InputStream in = store().get(name("large"), ByteRange.all());
        assertThat(in.read()).isNotNegative();

        in.close();
        in.close();

        assertThat(read("large", ByteRange.of(0, 3))).hasSize(3);
    }

    @Test
    void readsTwoStreamsOfOneObjectInTurns() throws IOException {
        putTen();

        try (InputStream first = store().get(name(TEN), ByteRange.all());
                InputStream second = store().get(name(TEN), ByteRange.of(5, 5))) {
            assertThat(first.readNBytes(2)).isEqualTo(text("01"));
            assertThat(second.readNBytes(2)).isEqualTo(text("56"));
            assertThat(first.readNBytes(2)).isEqualTo(text("23"));
            assertThat(second.readNBytes(9)).isEqualTo(text("789"));
        }
    }

    @Test
    void servesManyReadersAtOnce() throws Exception {
        byte[] large = noise(1_000_000, 9);
        put("shared", large);

        List<byte[]> seen = together(8, i -> () -> read("shared", ByteRange.of(i * 1_000L, 900_000)));

        for (int i = 0; i < seen.size(); i++) {
            assertThat(seen.get(i)).isEqualTo(Arrays.copyOfRange(large, i * 1_000, i * 1_000 + 900_000));
        }
    }

    @Test
    void missesWhatIsNotThere() {
        putTen();

        assertFails(ErrorCode.STORE_OBJECT_MISSING, () -> read("digits/nine"));
        assertFails(ErrorCode.STORE_OBJECT_MISSING, () -> read("nowhere/ten", ByteRange.last(1)));
        assertThat(store().stat(name("digits/nine"))).isEmpty();
        assertThat(store().stat(name("nowhere/ten"))).isEmpty();
    }

    @Test
    void takesAFolderForNoObject() {
        putTen();

        assertThat(store().stat(name("digits"))).isEmpty();
        assertFails(ErrorCode.STORE_OBJECT_MISSING, () -> read("digits"));
        assertThat(store().stat(name(TEN + "/below"))).isEmpty();
    }

    @Test
    void tellsLengthNameAndTime() {
        putTen();

        ObjectStat stat = store().stat(name(TEN)).orElseThrow();

        assertThat(stat.length()).isEqualTo(10);
        assertThat(stat.name()).isEqualTo(name(TEN));
        assertThat(stat.modified()).isAfter("2020-01-01T00:00:00Z");
    }
}
