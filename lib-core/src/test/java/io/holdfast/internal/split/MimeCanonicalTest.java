// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.Simple.class)
class MimeCanonicalTest {
    private static final String TEXT = "Subject: x\r\nContent-Type: text/plain; charset=UTF-8\r\n";
    private static final byte[] CONTENT = ChunkerTest.noise(42, 20_000);
    private static final String MIXED = mixed("b1", "\r\n", "\r\n");

    private static String hash(String message) {
        return hash(new MimeCanonical(), message);
    }

    private static String hash(MimeCanonical rules, String message) {
        try {
            return HexFormat.of().formatHex(rules.hash(new ByteArrayInputStream(SplitMail.bytes(message))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String mixed(String boundary, String lineEnd, String encodedLineEnd) {
        return String.join(
                        lineEnd,
                        "From: a@example.org",
                        "Subject: x",
                        "Content-Type: multipart/mixed; boundary=\"" + boundary + "\"",
                        "",
                        "preamble of " + boundary,
                        "--" + boundary,
                        "Content-Type: text/plain",
                        "",
                        "hello",
                        "world",
                        "--" + boundary,
                        "Content-Type: application/pdf; name=a.pdf",
                        "Content-Transfer-Encoding: base64",
                        "",
                        "")
                + SplitMail.lines(CONTENT, 76, encodedLineEnd)
                + "--" + boundary + "--" + lineEnd;
    }

    /** Never to be computed anew: another value would make every message look changed. */
    @Test
    void keepsTheHashesOfRuleSetOne() throws NoSuchAlgorithmException {
        assertThat(MimeCanonical.RULES).isEqualTo(1);
        assertThat(hash(TEXT + "\r\nhello\r\n"))
                .isEqualTo("65e4dccab158e5dca92bb5f59cb2a264c9477cc920333f1667b5f0528cc635b9");
        assertThat(hash(MIXED)).isEqualTo("f78ce2a70f138934f460e4402ebdb18d4c4eb6cd72cbd4b1e258a949ae41b8aa");
        assertThat(hash("")).isEqualTo("c474add131ef4263253cff227b65b22d255d5bb24032c2c8c606dce8e1a91173");
    }

    @Test
    void isTheHashOfTheDocumentedBytes() throws Exception {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        byte[] subject = sha.digest(SplitMail.bytes("subject:x"));
        byte[] body = sha.digest(SplitMail.bytes("hello\nworld"));
        sha.update(SplitMail.bytes("holdfast mime 1\0E\0\0\0\1"));
        sha.update(subject);
        sha.update(SplitMail.bytes("\0\0\0\0" + "\0\0\0\30" + "text/plain\ncharset=utf-8" + "L\0\0\0\0\0\0\0\13"));
        sha.update(body);
        sha.update((byte) 'e');

        assertThat(hash(TEXT + "\r\nhello\r\nworld\r\n"))
                .isEqualTo(HexFormat.of().formatHex(sha.digest()));
    }

    @Nested
    class IsTheSameFor {
        @Test
        void anotherBoundaryAndPreamble() {
            assertThat(hash(mixed("another-one", "\r\n", "\r\n"))).isEqualTo(hash(MIXED));
        }

        @Test
        void otherLineEndsAndLineLengthsOfTheEncoding() {
            assertThat(hash(mixed("b1", "\n", "\n"))).isEqualTo(hash(MIXED));
            assertThat(hash(mixed("b1", "\r\n", "\n"))).isEqualTo(hash(MIXED));
            assertThat(hash(MIXED.replace(
                            SplitMail.lines(CONTENT, 76, "\r\n"), " " + SplitMail.lines(CONTENT, 60, " \r\n\r\n"))))
                    .isEqualTo(hash(MIXED));
        }

        @Test
        void anotherTransferEncodingOfAText() {
            String plain = hash(TEXT + "Content-Transfer-Encoding: 8bit\r\n\r\nh\u00e9llo = w\u00f6rld\r\n\r\nx\r\n");

            assertThat(hash(TEXT
                            + "Content-Transfer-Encoding: quoted-printable\r\n\r\nh=E9ll=\r\no =3D  w=f6rld \r\n=0D=0Ax"
                                    .replace("  ", " ")))
                    .isEqualTo(plain);
            assertThat(hash(TEXT + "Content-Transfer-Encoding: base64\r\n\r\n"
                            + SplitMail.lines(SplitMail.bytes("h\u00e9llo = w\u00f6rld\n\nx\n"), 4, "\r\n")))
                    .isEqualTo(plain);
        }

        @Test
        void foldingOrderAndCaseOfFields() {
            assertThat(hash("To: b\r\nSubject: a  long\r\n\tsubject \r\nFrom: a\r\n\r\nx"))
                    .isEqualTo(hash("FROM:a\nsubject: a long subject\nto:\n b\n\nx"));
        }

        @Test
        void volatileFields() {
            assertThat(hash("X-MS-Exchange-Anything: 1\r\nMIME-Version: 1.0\r\nX-MS-TrafficTypeDiagnostic: y\r\n z\r\n"
                            + TEXT + "\r\nhello"))
                    .isEqualTo(hash(TEXT + "\r\nhello"));
        }

        @Test
        void otherSpellingsOfTheType() {
            assertThat(
                            hash(
                                    "Subject: x\r\nContent-type: TEXT/Plain ;\r\n Format=flowed; CharSet=\"utf-8\"\r\n\r\nhello"))
                    .isEqualTo(
                            hash("Subject: x\r\nContent-Type: text/plain; charset=UTF-8; format=flowed\r\n\r\nhello"));
        }

        @Test
        void lineEndsAtTheEndOfAText() {
            assertThat(hash(TEXT + "\r\nhello\r\n\r\n\n")).isEqualTo(hash(TEXT + "\r\nhello"));
        }
    }

    @Nested
    class Differs {
        @Test
        void forEveryByteOfAnAttachment() {
            String other = MIXED.replace(SplitMail.lines(CONTENT, 76, "\r\n").substring(200, 204), "////");

            assertThat(other).isNotEqualTo(MIXED);
            assertThat(hash(other)).isNotEqualTo(hash(MIXED));
        }

        @Test
        void forTextFieldsTypesAndStructure() {
            Set<String> hashes = Set.of(
                    hash(MIXED),
                    hash(MIXED.replace("world", "World")),
                    hash(MIXED.replace("hello\r\nworld", "hello world")),
                    hash(MIXED.replace("Subject: x", "Subject: X")),
                    hash(MIXED.replace("Subject: x", "Subject: x\r\nSubject: x")),
                    hash(MIXED.replace("From: a@example.org\r\n", "")),
                    hash(MIXED.replace("a.pdf", "b.pdf")),
                    hash(MIXED.replace("multipart/mixed", "multipart/related")),
                    hash(MIXED.replace("application/pdf", "message/rfc822")),
                    hash(MIXED.replace("--b1--", "--b1\r\n\r\n--b1--")));

            assertThat(hashes).hasSize(10);
        }

        @Test
        void forLineEndsInsideWhatIsNoText() {
            String binary = "Content-Type: application/octet-stream\r\n\r\n";

            assertThat(hash(binary + "a\r\nb")).isNotEqualTo(hash(binary + "a\nb"));
            assertThat(hash(binary + "a\r\n")).isNotEqualTo(hash(binary + "a"));
        }

        @Test
        void forFieldsThatTheHostDoesNotCallVolatile() {
            MimeCanonical rules = new MimeCanonical(Set.of("Subject", "X-Trace-*"), MimeCanonicalTest::sha256);

            assertThat(hash(rules, "Subject: a\r\nX-Trace-Id: 1\r\nX-MS-Exchange-Y: 1\r\n\r\nx"))
                    .isEqualTo(hash(rules, "Subject: b\r\nx-trace-id: 2\r\nX-MS-Exchange-Y: 1\r\n\r\nx"))
                    .isNotEqualTo(hash(rules, "Subject: a\r\nX-MS-Exchange-Y: 2\r\n\r\nx"));
        }

        @Test
        void forABareCarriageReturn() {
            assertThat(hash(TEXT + "\r\na\rb")).isNotEqualTo(hash(TEXT + "\r\na\nb"));
            assertThat(hash(TEXT + "\r\na\r\r\nb")).isNotEqualTo(hash(TEXT + "\r\na\r\nb"));
            assertThat(hash(TEXT + "\r\na\r")).isNotEqualTo(hash(TEXT + "\r\na"));
        }
    }

    @Test
    void theLineEndBeforeADelimiterIsNoPartOfABinary() {
        String head = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: image/x\r\n";
        String raw = "Content-Transfer-Encoding: binary\r\n\r\n";
        String base64 = "Content-Transfer-Encoding: base64\r\n\r\n";

        assertThat(hash(head + raw + "abc\r\n--b--")).isEqualTo(hash(head + base64 + "YWJj\r\n--b--"));
        assertThat(hash(head + raw + "abc\n--b--")).isEqualTo(hash(head + base64 + "YWJj\r\n--b--"));
        assertThat(hash(head + raw + "abc\r\r\n--b--")).isEqualTo(hash(head + base64 + "YWJjDQ==\r\n--b--"));
        assertThat(hash(head + raw + "abc\r\n\r\n--b--")).isEqualTo(hash(head + base64 + "YWJjDQo=\r\n--b--"));
    }

    @Test
    void manyFieldsCountInAnyOrderOfTheirGroup() {
        StringBuilder up = new StringBuilder();
        StringBuilder down = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            up.append("X-").append(i).append(": v\r\n");
            down.insert(0, "X-" + i + ": v\r\n");
        }

        assertThat(hash(up + "\r\n")).isEqualTo(hash(down + "\r\n"));
        assertThat(hash(up.toString().repeat(3) + "\r\n"))
                .isNotEqualTo(hash(up.toString().repeat(2) + "\r\n"));
    }

    @Test
    void isThereOnlyAfterACompletePass() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new MimeCanonical().start().value());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
