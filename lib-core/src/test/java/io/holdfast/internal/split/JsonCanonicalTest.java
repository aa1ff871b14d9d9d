// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCanonicalTest {
    static String canonical(String json) throws IOException {
        return canonical(new JsonCanonical(), json);
    }

    private static String canonical(JsonCanonical rules, String json) throws IOException {
        return canonical(rules, json.getBytes(StandardCharsets.UTF_8));
    }

    private static String canonical(JsonCanonical rules, byte[] json) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        rules.write(new ByteArrayInputStream(json), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void sortsMembersAndDropsSpaceAtEveryLevel() throws IOException {
        assertThat(canonical(
                        " { \"b\" : [ 3 , { \"z\":null, \"y\":{\"d\":1,\"c\":2} } ] ,\r\n\t\"a\": true, \"\":false } "))
                .isEqualTo("{\"\":false,\"a\":true,\"b\":[3,{\"y\":{\"c\":2,\"d\":1},\"z\":null}]}");
    }

    /** The example of RFC 8785 section 3.2.3: UTF-16 code units decide, not code points. */
    @Test
    void sortsNamesByCodeUnits() throws IOException {
        assertThat(
                        canonical(
                                "{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,\"\\u00f6\":7}"))
                .isEqualTo(
                        "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"\u00f6\":7,\"\u20ac\":1,\"\ud83d\ude00\":5,\"\ufb33\":3}");
    }

    @Test
    void escapesOnlyWhatMustBe() throws IOException {
        assertThat(canonical("\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\\b\\t\\f\\r\\u007f\\u001f\""))
                .isEqualTo("\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\\b\\t\\f\\r\u007f\\u001f\"");
    }

    @Test
    void writesASurrogateThatStandsAloneAsAnEscape() throws IOException {
        assertThat(canonical("[\"\\uD83D\",\"\\ude00x\",\"\\ud83d\\ud83d\\ude00\",\"\\ude00\\ud83d\"]"))
                .isEqualTo("[\"\\ud83d\",\"\\ude00x\",\"\\ud83d\ud83d\ude00\",\"\\ude00\\ud83d\"]");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "-0.000e5, 0",
        "1, 1",
        "1.0, 1",
        "10e-1, 1",
        "1E2, 100",
        "1e+2, 100",
        "-1.50, -1.5",
        "333333333.33333329, 333333333.33333329",
        "4.50, 4.5",
        "2e-3, 0.002",
        "0.000001, 0.000001",
        "0.0000001, 1e-7",
        "0.00000012, 1.2e-7",
        "0.000000000000000000000000001, 1e-27",
        "100000000000000000000, 100000000000000000000",
        "1000000000000000000000, 1e+21",
        "1e21, 1e+21",
        "1e30, 1e+30",
        "123456789012345678901234567890, 1.2345678901234567890123456789e+29",
        "9007199254740993, 9007199254740993",
        "12345678901234567890.5, 12345678901234567890.5",
        "1e400, 1e+400",
        "1e-99999999999, 1e-99999999999",
        "120e99999999999999999999, 1.2e+100000000000000000001",
    })
    void writesEachNumberInOneWay(String number, String expected) throws IOException {
        assertThat(canonical("[" + number + "]")).isEqualTo("[" + expected + "]");
    }

    @Test
    void readsAnyUnicodeEncoding() throws IOException {
        String json = "{\"b\":\"\u20ac\",\"a\":1}";
        for (String charset : new String[] {"UTF-8", "UTF-16BE", "UTF-16LE", "UTF-32BE"}) {
            assertThat(canonical(new JsonCanonical(), json.getBytes(Charset.forName(charset))))
                    .isEqualTo("{\"a\":1,\"b\":\"\u20ac\"}");
        }
    }

    @Test
    void feedsADigestWithTheSameBytes() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");

        new JsonCanonical().update(digest, new ByteArrayInputStream(SplitMail.bytes("[1, {\"b\": 2, \"a\": 1}]")));

        assertThat(digest.digest())
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(SplitMail.bytes("[1,{\"a\":1,\"b\":2}]")));
    }

    @Test
    void refusesANameThatStandsTwiceInOneObject() throws IOException {
        assertThat(canonical("{\"a\":{\"a\":1},\"b\":[{\"a\":1},{\"a\":2}]}")).isNotEmpty();
        assertThatIOException()
                .isThrownBy(() -> canonical("{\"x\":{\"secret\":1,\n\"b\":2,\"\\u0073ecret\":3}}"))
                .withMessageContaining("a name twice in one object")
                .withMessageContaining("line 2")
                .withMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,",
                "{\"secret\":",
                "{\"a\" 1}",
                "[1]2",
                "{}{}",
                "[secret]",
                "\"secret",
                "01",
                "+1",
                "1.",
                ".5",
                "NaN",
                "[1,]",
                "{\"a\":1,}",
                "'secret'",
                "\"\\x\"",
                "\"a\nsecret\"",
                "{secret:1}",
                "tru",
                "// secret\n1"
            })
    void refusesWhatIsNotOneDocumentAndQuotesNothing(String json) {
        assertThatIOException()
                .isThrownBy(() -> canonical(json))
                .withMessageStartingWith("the JSON document ")
                .withMessageContaining("at line ")
                .withMessageNotContaining("secret")
                .withNoCause();
    }

    @Test
    void refusesWhatIsNestedTooDeep() throws IOException {
        assertThat(canonical("[".repeat(250) + "]".repeat(250))).hasSize(500);
        for (String open : new String[] {"[", "{\"a\":"}) {
            assertThatIOException()
                    .isThrownBy(() -> canonical(open.repeat(100_000)))
                    .withMessageContaining("exceeds a limit of depth");
        }
    }

    @Test
    void boundsTheMemoryOfAnObject() throws IOException {
        JsonCanonical rules = new JsonCanonical(1000);
        String member = "\"" + "m".repeat(90) + "\":[";

        assertThat(canonical(rules, "{" + member + "1,".repeat(400) + "1]}")).hasSizeLessThanOrEqualTo(1000);
        assertThatIOException()
                .isThrownBy(() -> canonical(rules, "{" + member + "1,".repeat(500) + "1]}"))
                .withMessageContaining("an object of more than 1000 bytes");
        assertThatIOException()
                .isThrownBy(() -> canonical(rules, "\"" + "x".repeat(1001) + "\""))
                .withMessageContaining("exceeds a limit");
    }

    @Test
    void streamsArraysOfAnyLength() throws IOException {
        String array = "[" + "{\"b\":1,\"a\":2},".repeat(100_000) + "0]";

        assertThat(canonical(new JsonCanonical(1000), array))
                .hasSize(array.length())
                .startsWith("[{\"a\":2,\"b\":1},");
    }

    @Test
    void refusesABoundWithoutRoomForAnything() {
        assertThatIllegalArgumentException().isThrownBy(() -> new JsonCanonical(1));
    }

    @Test
    void leavesStreamsOpen() throws IOException {
        ByteArrayInputStream json = new ByteArrayInputStream(SplitMail.bytes("[]")) {
            @Override
            public void close() {
                throw new AssertionError("closed");
            }
        };

        new JsonCanonical().write(json, new ByteArrayOutputStream() {
            @Override
            public void close() {
                throw new AssertionError("closed");
            }
        });

        assertThat(json.available()).isZero();
    }
}
