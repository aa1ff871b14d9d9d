// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.internal.split.RecipeOp.Base64Run;
import io.holdfast.internal.split.RecipeOp.Literal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecipeTest {
    private static final Recipe RECIPE = new Recipe(List.of(
            new Literal(300),
            new Base64Run(1, 5, 76, LineEnd.CRLF, true),
            new Literal(2),
            new Base64Run(2, 1000, 64, LineEnd.LF, false),
            new Base64Run(3, 9, 0, LineEnd.LF, true)));

    @Test
    void encodesToTheBytesOfTheFormat() {
        assertThat(HexFormat.of().formatHex(RECIPE.encode()))
                .isEqualTo(
                        "01" + "03" + "ac02" + "03" + "05" + "02" + "04" + "40" + "e807" + "00" + "0a" + "09" + "00");
        assertThat(HexFormat.of().formatHex(new Recipe(List.of()).encode())).isEqualTo("010000");
    }

    @Test
    void readsBackWhatItEncoded() throws IOException {
        assertThat(Recipe.decode(RECIPE.encode())).isEqualTo(RECIPE);
    }

    @Test
    void knowsTheLengthsOfOriginalAndStreams() {
        assertThat(RECIPE.originalBytes()).isEqualTo(300 + 10 + 2 + (1336 + 20) + 13);
        assertThat(RECIPE.streamBytes(0)).isEqualTo(302);
        assertThat(RECIPE.streamBytes(2)).isEqualTo(1000);
        assertThatIllegalArgumentException().isThrownBy(() -> RECIPE.streamBytes(4));
    }

    @Test
    void refusesWhatIsNoRecipe() {
        refuses("", "cut off");
        refuses("020000", "version 2");
        refuses("01000000", "ends after 3 bytes");
        refuses("01008000", "longer form");
        refuses("0100ffffffffffffffff7f", "at most");
        refuses("0100ffffffffffffffffff01", "more than nine bytes");
        refuses("0181080000", "at most 1024");
        refuses("010100100500", "unknown flags");
        refuses("0101000c0500", "unknown flags");
        refuses("010100044c0500", "lines of 76");
        refuses("010100044d0500", "lines of 77");
        refuses("01010004000500", "lines of 0");
        refuses("0101000484400500", "at most 8192");
        refuses("010100000000", "empty base64 run");
    }

    private static void refuses(String hex, String because) {
        assertThatIOException()
                .isThrownBy(() -> Recipe.decode(HexFormat.of().parseHex(hex)))
                .withMessageContaining(because);
    }

    @Test
    void refusesStepsThatAreNotInOneForm() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Recipe(List.of(new Literal(1), new Literal(1))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Recipe(List.of(new Base64Run(2, 5, 76, LineEnd.CRLF, true))))
                .withMessageContaining("stream 1 is due");
        assertThatIllegalArgumentException().isThrownBy(() -> new Literal(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Base64Run(1, 0, 76, LineEnd.LF, true));
        assertThatIllegalArgumentException().isThrownBy(() -> new Base64Run(1, 5, 75, LineEnd.LF, true));
        assertThatIllegalArgumentException().isThrownBy(() -> new Base64Run(1, 5, 8196, LineEnd.LF, true));
        assertThatIllegalArgumentException().isThrownBy(() -> new Base64Run(0, 5, 76, LineEnd.LF, true));
    }

    @Test
    void saysWhichStreamIsTooShortOrTooLong() {
        for (int wrong = 0; wrong <= 3; wrong++) {
            for (int by : new int[] {-1, 1}) {
                List<byte[]> streams = streams();
                streams.set(wrong, new byte[streams.get(wrong).length + by]);
                assertThatIOException()
                        .isThrownBy(() -> RECIPE.reassemble(
                                index -> new ByteArrayInputStream(streams.get(index)), OutputStream.nullOutputStream()))
                        .withMessageContaining("stream " + wrong)
                        .withMessageContaining(by < 0 ? "before its recipe" : "goes on");
            }
        }
    }

    private static List<byte[]> streams() {
        return new ArrayList<>(List.of(new byte[302], new byte[5], new byte[1000], new byte[9]));
    }

    @Test
    void closesEachStreamThatItOpened() throws IOException {
        List<String> calls = new ArrayList<>();

        RECIPE.reassemble(index -> noting(index, calls), OutputStream.nullOutputStream());

        assertThat(calls)
                .containsExactly("open 0", "open 1", "close 1", "open 2", "close 2", "open 3", "close 3", "close 0");
    }

    @Test
    void closesWhatIsOpenWhenTheReaderStopsEarly() throws IOException {
        List<String> calls = new ArrayList<>();
        InputStream original = RECIPE.original(index -> noting(index, calls));
        assertThat(original.readNBytes(315)).hasSize(315);

        original.close();
        original.close();

        assertThat(calls).containsExactly("open 0", "open 1", "close 1", "open 2", "close 2", "close 0");
        assertThatIOException().isThrownBy(original::read);
    }

    private static InputStream noting(int index, List<String> calls) {
        calls.add("open " + index);
        return new ByteArrayInputStream(streams().get(index)) {
            @Override
            public void close() {
                calls.add("close " + index);
            }
        };
    }

    @Test
    void readsTheSameByteByByte() throws IOException {
        byte[] whole;
        try (InputStream original =
                RECIPE.original(index -> new ByteArrayInputStream(streams().get(index)))) {
            whole = original.readAllBytes();
        }
        try (InputStream original =
                RECIPE.original(index -> new ByteArrayInputStream(streams().get(index)))) {
            for (byte expected : whole) {
                assertThat(original.read()).isEqualTo(expected & 0xff);
            }
            assertThat(original.read()).isEqualTo(-1);
        }
    }

    @Test
    void putsTogetherMoreThanAnyArrayHolds() throws IOException {
        // Its characters are more than an int counts.
        long huge = 3L << 29;
        Recipe recipe = new Recipe(List.of(new Base64Run(1, huge, 0, LineEnd.LF, true)));
        AtomicLong written = new AtomicLong();

        recipe.reassemble(index -> zeros(index == 1 ? huge : 0), new OutputStream() {
            @Override
            public void write(int b) {
                written.incrementAndGet();
            }

            @Override
            public void write(byte[] b, int off, int len) {
                written.addAndGet(len);
            }
        });

        assertThat(written).hasValue((1L << 31) + 1);
        assertThat(recipe.originalBytes()).isEqualTo((1L << 31) + 1);
    }

    private static InputStream zeros(long length) {
        return new InputStream() {
            private long left = length;

            @Override
            public int read() {
                return left-- > 0 ? 0 : -1;
            }

            @Override
            public int read(byte[] b, int off, int len) {
                int count = (int) Math.min(len, left);
                left -= count;
                return count == 0 ? -1 : count;
            }
        };
    }
}
