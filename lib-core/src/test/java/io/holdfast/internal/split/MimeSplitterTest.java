// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.internal.split.RecipeOp.Base64Run;
import io.holdfast.internal.split.RecipeOp.Literal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.Simple.class)
class MimeSplitterTest {
    static final String HEAD = "Subject: x\r\nMIME-Version: 1.0\r\n";
    static final String BASE64 = "Content-Transfer-Encoding: base64\r\n\r\n";
    static final byte[] CONTENT = ChunkerTest.noise(42, 1000);

    static SplitMail split(String original) {
        return split(original, 300);
    }

    static SplitMail split(String original, int threshold) {
        SplitMail mail = SplitMail.of(original, threshold);
        assertThat(mail.reassembled()).isEqualTo(SplitMail.bytes(original));
        assertThat(mail.recipe().originalBytes()).isEqualTo(original.length());
        for (int stream = 0; stream <= mail.attachments(); stream++) {
            assertThat(mail.recipe().streamBytes(stream))
                    .isEqualTo(mail.streams().get(stream).length);
        }
        return mail;
    }

    static String single(String encoded) {
        return HEAD + BASE64 + encoded;
    }

    static String lines(byte[] content) {
        return SplitMail.lines(content, 76, "\r\n");
    }

    @Nested
    class TakesOut {
        @Test
        void theDecodedBytesOfAnAttachment() {
            SplitMail mail = split(
                    HEAD + "Content-Type: multipart/mixed; boundary=b\r\n\r\npreamble\r\n--b\r\n\r\ntext\r\n--b\r\n"
                            + BASE64 + lines(CONTENT) + "\r\n--b--\r\nepilogue");

            assertThat(mail.attachments()).isEqualTo(1);
            assertThat(mail.streams().get(1)).isEqualTo(CONTENT);
            assertThat(new String(mail.body(), StandardCharsets.US_ASCII))
                    .endsWith("base64\r\n\r\n\r\n--b--\r\nepilogue");
            assertThat(mail.recipe().ops())
                    .element(1)
                    .isEqualTo(new Base64Run(1, CONTENT.length, 76, LineEnd.CRLF, true));
        }

        @Test
        void aMessageThatIsOneAttachment() {
            assertThat(split(single(lines(CONTENT))).streams().get(1)).isEqualTo(CONTENT);
        }

        @Test
        void attachmentsOfEachPaddingAndLengthOfTheLastLine() {
            for (int length = 900; length < 1000; length++) {
                byte[] content = Arrays.copyOf(CONTENT, length);
                SplitMail mail = split(single(lines(content) + "\r\n"));
                assertThat(mail.streams()).hasSize(2).element(1).isEqualTo(content);
            }
        }

        @Test
        void attachmentsInLinesOfAnyMultipleOfFour() {
            for (int line = 4; line <= 1400; line += 4) {
                assertThat(split(single(SplitMail.lines(CONTENT, line, "\n"))).attachments())
                        .describedAs("lines of %d", line)
                        .isEqualTo(1);
            }
        }

        @Test
        void attachmentsThatSpanManyReadsOfTheWindow() {
            byte[] large = ChunkerTest.noise(1, 3_000_001);
            for (int line : new int[] {4, 60, 64, 72, 76, 8192}) {
                SplitMail mail = split(single(SplitMail.lines(large, line, "\r\n")), 8192);
                assertThat(mail.streams().get(1)).isEqualTo(large);
            }
        }

        @Test
        void anAttachmentWithoutAFinalLineEnd() {
            String encoded = lines(CONTENT);

            SplitMail mail = split(single(encoded.substring(0, encoded.length() - 2)));

            assertThat(mail.streams().get(1)).isEqualTo(CONTENT);
            assertThat(mail.recipe().ops()).last().isEqualTo(new Base64Run(1, CONTENT.length, 76, LineEnd.CRLF, false));
        }

        @Test
        void oneUnbrokenLineHoweverLong() {
            byte[] large = ChunkerTest.noise(2, 400_000);
            for (String end : new String[] {"", "\n", "\r\n", "\r\nmore", " x", "=", "\r"}) {
                SplitMail mail = split(single(Base64.getEncoder().encodeToString(large) + end), 8192);
                assertThat(mail.streams().get(1)).isEqualTo(large);
            }
        }

        @Test
        void attachmentsBehindEmptyLines() {
            assertThat(split(single("\r\n\n\r\n" + lines(CONTENT))).streams().get(1))
                    .isEqualTo(CONTENT);
        }

        @Test
        void attachmentsOfForwardedMessages() {
            String inner = HEAD + "Content-Type: multipart/mixed; boundary=inner\r\n\r\n--inner\r\n" + BASE64
                    + lines(CONTENT) + "--inner--\r\n";

            SplitMail mail = split(HEAD + "Content-Type: multipart/mixed; boundary=outer\r\n\r\n"
                    + "--outer\r\nContent-Type: message/rfc822\r\n\r\n" + inner
                    + "--outer\r\nContent-Type: Message/RFC822\r\n\r\n" + inner + "--outer--\r\n");

            assertThat(mail.attachments()).isEqualTo(2);
            assertThat(mail.streams().get(2)).isEqualTo(CONTENT);
        }

        @Test
        void aForwardedMessageThatIsEncodedAsAWhole() {
            byte[] inner = SplitMail.bytes(single(lines(CONTENT)));

            assertThat(split("Content-Type: message/rfc822\r\n" + BASE64 + lines(inner))
                            .streams()
                            .get(1))
                    .isEqualTo(inner);
        }

        @Test
        void whatTheFirstOfTwoFieldsSays() {
            String multipart = "Content-Type: multipart/mixed; boundary=b\r\nContent-Type: text/plain\r\n\r\n";
            String twice = BASE64.replace("\r\n\r\n", "\r\ncontent-transfer-encoding: 7bit\r\n\r\n");

            assertThat(split(multipart + "--b\r\n" + twice + lines(CONTENT)).attachments())
                    .isEqualTo(1);
        }

        @Test
        void attachmentsBehindLinesThatBeginLikeADelimiter() {
            String alike = "--bb\r\n--b b\r\n--b-\r\n--bx--\r\n--b---\r\n --b--\r\n--\r\n--B--\r\n";
            SplitMail mail = split("Content-Type: multipart/mixed; boundary=b\r\n\r\n" + alike
                    + "--b\r\nSubject: x\r\n\r\n" + alike + "--b\r\n" + BASE64 + lines(CONTENT));

            assertThat(mail.attachments()).isEqualTo(1);
        }

        @Test
        void attachmentsOfDigestsWhosePartsAreMessagesByDefault() {
            SplitMail mail = split(HEAD + "Content-Type: multipart/digest; boundary=d\r\n\r\n--d\r\n\r\n" + HEAD
                    + BASE64 + lines(CONTENT) + "--d--\r\n");

            assertThat(mail.attachments()).isEqualTo(1);
        }

        @Test
        void attachmentsWhoseHeadersAreFoldedCommentedAndShouted() {
            String head =
                    "CONTENT-TRANSFER-ENCODING:\r\n BASE64 (as usual)\r\ncontent-type: application/x;\r\n\tname=\"a;b\"\r\n\r\n";

            assertThat(split(head + lines(CONTENT)).attachments()).isEqualTo(1);
        }

        @Test
        void attachmentsBetweenQuotedBoundariesWithOddCharacters() {
            SplitMail mail = split("Content-Type: multipart/mixed (comment); x=y; boundary=\"=_a (b)\\\"c; \"\n\n"
                    + "--=_a (b)\"c;  \t\n" + BASE64.replace("\r", "") + SplitMail.lines(CONTENT, 76, "\n")
                    + "--=_a (b)\"c;--\n");

            assertThat(mail.attachments()).isEqualTo(1);
        }

        @Test
        void attachmentsOfAnOuterPartAfterAnInnerMultipartThatNeverEnds() {
            SplitMail mail = split("Content-Type: multipart/mixed; boundary=outer\r\n\r\n--outer\r\n"
                    + "Content-Type: multipart/mixed; boundary=inner\r\n\r\n--inner\r\n\r\ntext\r\n--outer\r\n" + BASE64
                    + lines(CONTENT));

            assertThat(mail.attachments()).isEqualTo(1);
        }
    }

    @Nested
    class LeavesInTheBody {
        @Test
        void attachmentsBelowTheThreshold() {
            assertThat(split(single(lines(CONTENT)), 1000).attachments()).isEqualTo(1);
            assertThat(split(single(lines(CONTENT)), 1001).attachments()).isZero();
            assertThat(split(single(lines(new byte[8191])), MimeSplitter.DEFAULT_THRESHOLD_BYTES)
                            .attachments())
                    .isZero();
            assertThat(split(single(lines(new byte[8192])), MimeSplitter.DEFAULT_THRESHOLD_BYTES)
                            .attachments())
                    .isEqualTo(1);
        }

        @Test
        void whatFollowsABrokenLine() {
            String encoded = lines(CONTENT);
            String[] faults = {"*", "\0", "=", "\r", "\n", " ", "-", "\u00ff"};
            for (String fault : faults) {
                int at = 10 * 78 + 30;
                SplitMail mail = split(single(encoded.substring(0, at) + fault + encoded.substring(at + 1)));

                assertThat(mail.attachments()).isEqualTo(1);
                assertThat(mail.streams().get(1)).isEqualTo(Arrays.copyOf(CONTENT, 10 * 57));
                assertThat(mail.recipe().ops()).last().isInstanceOf(Literal.class);
            }
        }

        @Test
        void linesOfAnotherLength() {
            String encoded = lines(Arrays.copyOf(CONTENT, 570));

            SplitMail mail = split(single(encoded + lines(CONTENT).substring(0, 72) + "\r\n" + encoded));

            assertThat(mail.streams().get(1)).hasSize(570 + 54);
        }

        @Test
        void aLongerLineAtTheEnd() {
            String encoded = SplitMail.lines(Arrays.copyOf(CONTENT, 540), 72, "\r\n");
            for (String longer : new String[] {lines(CONTENT).substring(0, 76), "QUJD".repeat(18) + "QQ=="}) {
                for (String end : new String[] {"\r\n", ""}) {
                    assertThat(split(single(encoded + longer + end)).streams().get(1))
                            .hasSize(540);
                }
            }
        }

        @Test
        void aFooterThatBeginsLikeBase64() {
            for (String footer :
                    new String[] {"Best regards", "Best-regards\r\n", "Best=\r\n", "Sent from\r\nBest\r\n"}) {
                assertThat(split(single(lines(Arrays.copyOf(CONTENT, 570)) + footer))
                                .streams()
                                .get(1))
                        .hasSize(570);
            }
        }

        @Test
        void lastLinesThatAreNotWholeGroups() {
            for (String last :
                    new String[] {"A".repeat(64) + "=", "A".repeat(65), "=", "==", "====", "A===", "AA=A", "=AAA"}) {
                for (String end : new String[] {"", "\r\n"}) {
                    SplitMail mail = split(single(lines(Arrays.copyOf(CONTENT, 570)) + last + end));
                    assertThat(mail.streams().get(1)).hasSize(570);
                    assertThat(split(single("A".repeat(9000) + last + end)).attachments())
                            .isEqualTo(1);
                }
            }
        }

        @Test
        void aDelimiterThatDoesNotBeginItsLine() {
            String unbroken = Base64.getEncoder().encodeToString(ChunkerTest.noise(2, 9000));

            SplitMail mail = split("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" + BASE64 + unbroken
                    + "--b\r\n" + BASE64 + lines(CONTENT));

            assertThat(mail.attachments()).isEqualTo(1);
        }

        @Test
        void linesWithTheOtherLineEnd() {
            String encoded = lines(CONTENT);

            SplitMail mail = split(
                    single(encoded.substring(0, 780) + encoded.substring(780).replace("\r", "")));

            // The eleventh line is as long as the others and complete, but its line end stays in the body.
            assertThat(mail.streams().get(1)).hasSize(11 * 57);
            assertThat(mail.recipe().ops()).element(1).isEqualTo(new Base64Run(1, 11 * 57, 76, LineEnd.CRLF, false));
        }

        @Test
        void aLastLineWhosePaddingHasBitsSet() {
            byte[] content = Arrays.copyOf(CONTENT, 571);
            String encoded = lines(content);
            String last = encoded.substring(780);
            assertThat(last).hasSize(6).endsWith("==\r\n");
            char canonical = last.charAt(1);
            String other = last.charAt(0) + String.valueOf((char) (canonical + 1)) + "==\r\n";

            SplitMail mail = split(single(encoded.substring(0, 780) + other));

            assertThat(mail.streams().get(1)).hasSize(570);
            assertThat(split(single(encoded)).streams().get(1)).isEqualTo(content);
        }

        @Test
        void textAfterPadding() {
            byte[] content = Arrays.copyOf(CONTENT, 571);

            SplitMail mail = split(single(lines(content) + lines(content)));

            assertThat(mail.attachments()).isEqualTo(1);
            assertThat(mail.streams().get(1)).isEqualTo(content);
        }

        @Test
        void quotedPrintableAndUnknownEncodings() {
            for (String encoding : new String[] {"quoted-printable", "x-gzip64", "7bit", "base64x", "base 64", ""}) {
                String mail = HEAD + "Content-Transfer-Encoding: " + encoding + "\r\n\r\n" + lines(CONTENT);
                assertThat(split(mail).attachments()).describedAs(encoding).isZero();
            }
        }

        @Test
        void partsThatOnlyLookLikeBase64() {
            assertThat(split(HEAD + "\r\n" + lines(CONTENT)).attachments()).isZero();
        }

        @Test
        void multipartsThatClaimToBeBase64() {
            SplitMail mail = split("Content-Type: multipart/mixed; boundary=b\r\n" + BASE64 + "--b\r\n" + BASE64
                    + lines(CONTENT) + "--b--\r\n");

            assertThat(mail.streams().get(1)).isEqualTo(CONTENT);
            assertThat(split("Content-Type: multipart/mixed\r\n" + BASE64 + lines(CONTENT))
                            .attachments())
                    .isZero();
        }

        @Test
        void whatStandsBehindTheLastDelimiter() {
            SplitMail mail = split(
                    "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b--\r\n--b\r\n" + BASE64 + lines(CONTENT));

            assertThat(mail.attachments()).isZero();
        }

        @Test
        void attachmentsBeyondTheMostThatARecipeHolds() {
            StringBuilder mail = new StringBuilder("Content-Type: multipart/mixed; boundary=b\r\n\r\n");
            for (int i = 0; i < Recipe.MAX_ATTACHMENTS + 3; i++) {
                mail.append("--b\r\n").append(BASE64).append("QUJD\r\n");
            }

            assertThat(split(mail.toString(), 1).attachments()).isEqualTo(Recipe.MAX_ATTACHMENTS);
        }

        @Test
        void entitiesNestedWithoutEnd() {
            String bomb = "Content-Type: message/rfc822\r\n\r\n".repeat(10_000);

            assertThat(split(bomb + single(lines(CONTENT))).attachments()).isZero();
        }
    }

    @Test
    void refusesAThresholdOutOfRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> new MimeSplitter(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new MimeSplitter((1 << 20) + 1));
    }

    @Test
    void provesTheLargestThresholdWithTheShortestLines() {
        byte[] content = ChunkerTest.noise(9, 1 << 20);

        assertThat(split(single(SplitMail.lines(content, 4, "\r\n")), 1 << 20).attachments())
                .isEqualTo(1);
    }
}
