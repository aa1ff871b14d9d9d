// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class BodyStagePropertyTest {
    /** The window's edges fall anywhere in a body. */
    @Property(tries = 3000)
    void thePiecesInWhichABodyArrivesDoNotMatter(
            @ForAll("bodies") String body, @ForAll("cuts") int[] cuts, @ForAll boolean byDelimiter) {
        for (Stage stage : Stage.values()) {
            assertThat(stage.run(body, cuts, byDelimiter))
                    .describedAs("%s", stage)
                    .isEqualTo(stage.run(body, new int[0], byDelimiter));
        }
    }

    /** What each stage means, written down once more in the plainest way. */
    @Property(tries = 3000)
    void eachStageDoesWhatTheFormatSays(@ForAll("bodies") String body) {
        int[] whole = {};
        assertThat(Stage.TEXT.run(body, whole, true))
                .isEqualTo(body.replace("\r\n", "\n").replaceFirst("\n+\\z", ""));
        assertThat(Stage.LINE_END.run(body, whole, true)).isEqualTo(body.replaceFirst("\r?\n\\z", ""));
        assertThat(Stage.LINE_END.run(body, whole, false)).isEqualTo(body);
        String lines = body.replaceAll("[ \t\r]*\r\n", "\r\n").replaceAll("(?<!\r)[ \t\r]*(?<!\r)\n", "\n");
        if (!body.contains("=")) {
            assertThat(Stage.QUOTED_PRINTABLE.run(body, whole, true)).isEqualTo(lines.replaceFirst("[ \t\r]+\\z", ""));
        }
    }

    @Provide
    Arbitrary<String> bodies() {
        return Arbitraries.strings().withChars("\r\n\r\n\t ==4Aazf+/\u00ff").ofMaxLength(30);
    }

    @Provide
    Arbitrary<int[]> cuts() {
        return Arbitraries.integers().between(0, 30).array(int[].class).ofMaxSize(10);
    }

    private enum Stage {
        TEXT(TextStage::new),
        LINE_END(LineEndStage::new),
        BASE64(Base64Stage::new),
        QUOTED_PRINTABLE(QuotedPrintableStage::new);

        private final Function<BodyStage, BodyStage> before;

        Stage(Function<BodyStage, BodyStage> before) {
            this.before = before;
        }

        String run(String body, int[] cuts, boolean byDelimiter) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            BodyStage stage = before.apply(new BodyStage() {
                @Override
                public void write(byte[] b, int off, int len) {
                    out.write(b, off, len);
                }

                @Override
                public void end(boolean delimiter) {
                    assertThat(delimiter).isEqualTo(byDelimiter);
                }
            });
            byte[] bytes = SplitMail.bytes(body);
            int at = 0;
            for (int cut : Arrays.stream(cuts).sorted().toArray()) {
                int end = Math.min(cut, bytes.length);
                stage.write(bytes, at, end - at);
                at = end;
            }
            stage.write(bytes, at, bytes.length - at);
            stage.end(byDelimiter);
            return out.toString(StandardCharsets.ISO_8859_1);
        }
    }
}
