// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

import static io.holdfast.internal.split.MimeSplitterTest.BASE64;
import static io.holdfast.internal.split.MimeSplitterTest.CONTENT;
import static io.holdfast.internal.split.MimeSplitterTest.HEAD;
import static io.holdfast.internal.split.MimeSplitterTest.lines;
import static io.holdfast.internal.split.MimeSplitterTest.single;
import static io.holdfast.internal.split.MimeSplitterTest.split;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What the splitter survives. */
@DisplayNameGeneration(DisplayNameGenerator.Simple.class)
class MimeSplitterSurvivesTest {
    @Test
    void emptyAndTinyInput() {
        for (String original : new String[] {"", "\n", "\r", "\r\n", "-", "--", "a", ":", " ", "a:", "\0", "=\n="}) {
            assertThat(split(original).attachments()).isZero();
        }
    }

    @Test
    void inputThatEndsAnywhere() {
        String whole = HEAD
                + "Content-Type: multipart/mixed; boundary=b\r\n\r\npre\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
                + "Content-Type: multipart/digest; boundary=c\n\n--c\n\n" + HEAD + BASE64
                + lines(Arrays.copyOf(CONTENT, 120))
                + "--c--\r\n--b\r\n" + BASE64 + lines(Arrays.copyOf(CONTENT, 200)) + "\r\n--b--";
        for (int end = 0; end <= whole.length(); end++) {
            split(whole.substring(0, end), 1);
        }
    }

    @Test
    void linesLongerThanTheWindow() {
        String long1 = "x".repeat(300_000);
        split("Subject: " + long1 + "\r\n" + BASE64 + lines(CONTENT));
        split(long1);
        SplitMail mail = split("Content-Type: multipart/mixed; boundary=b\r\n\r\n" + long1 + "\r\n--b\r\n\r\n--" + long1
                + "--b\r\n--b\r\nX-" + long1 + ": y\r\n" + BASE64 + lines(CONTENT) + "--b" + long1);

        assertThat(mail.attachments()).isEqualTo(1);
    }

    @Test
    void streamsThatGiveFewBytesAtATime() {
        byte[] original = SplitMail.bytes(single(lines(CONTENT)));
        InputStream trickle = new ByteArrayInputStream(original) {
            @Override
            public synchronized int read(byte[] b, int off, int len) {
                return super.read(b, off, Math.min(len, 3));
            }
        };

        SplitMail mail = SplitMail.of(new MimeSplitter(300), trickle);

        assertThat(mail.reassembled()).isEqualTo(original);
        assertThat(mail.streams().get(1)).isEqualTo(CONTENT);
    }

    @Test
    void aFailureAndThenAnotherMessage() {
        MimeSplitter splitter = new MimeSplitter(300);
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] b, int off, int len) throws IOException {
                throw new IOException("connection reset");
            }
        };

        assertThatIOException().isThrownBy(() -> splitter.split(broken, null)).withMessage("connection reset");
        byte[] original = SplitMail.bytes(single(lines(CONTENT)));
        SplitMail mail = SplitMail.of(splitter, new ByteArrayInputStream(original));
        assertThat(mail.reassembled()).isEqualTo(original);
    }
}
