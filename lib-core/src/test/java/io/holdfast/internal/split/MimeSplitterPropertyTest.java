// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class MimeSplitterPropertyTest {
    @Property
    void anyBytesComeBack(@ForAll byte[] original, @ForAll @IntRange(min = 1, max = 100) int threshold) {
        assertThat(SplitMail.of(original, threshold).reassembled()).isEqualTo(original);
    }

    @Property(tries = 2000)
    void wellFormedMessagesComeBack(@ForAll long seed, @ForAll @IntRange(min = 1, max = 10_000) int threshold) {
        comesBack(NastyMail.wellFormed(seed), threshold);
    }

    @Property(tries = 4000)
    void damagedMessagesComeBack(@ForAll long seed, @ForAll @IntRange(min = 1, max = 10_000) int threshold) {
        comesBack(NastyMail.damaged(seed), threshold);
    }

    @Property(tries = 8000)
    void heapsOfPiecesComeBack(@ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int threshold) {
        comesBack(NastyMail.heap(seed), threshold);
    }

    private static void comesBack(String original, int threshold) {
        SplitMail mail = SplitMail.of(original, threshold);

        assertThat(Arrays.equals(mail.reassembled(), SplitMail.bytes(original))).isTrue();
        assertThat(mail.streams().stream().skip(1)).allMatch(attachment -> attachment.length >= threshold);
    }

    @Property(tries = 500)
    void thePiecesInWhichAStreamArrivesDoNotMatter(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 5000) int pieceBytes) {
        byte[] original = SplitMail.bytes(NastyMail.damaged(seed));

        SplitMail slow = SplitMail.of(new MimeSplitter(50), new ByteArrayInputStream(original) {
            @Override
            public synchronized int read(byte[] b, int off, int len) {
                return super.read(b, off, Math.min(len, pieceBytes));
            }
        });

        SplitMail whole = SplitMail.of(original, 50);
        assertThat(slow.recipe()).isEqualTo(whole.recipe());
        assertThat(slow.streams()).usingElementComparator(Arrays::compare).isEqualTo(whole.streams());
    }

    /** Whatever breaks one line, what stands before it is still taken out, and nothing is lost. */
    @Property(tries = 2000)
    void aBrokenLineEndsTheAttachmentAtTheLastGoodLine(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 99) int line, @ForAll @IntRange(max = 75) int column) {
        byte[] content = ChunkerTest.noise(seed, 100 * 57);
        String head = "Content-Transfer-Encoding: base64\r\n\r\n";
        StringBuilder original = new StringBuilder(head + SplitMail.lines(content, 76, "\r\n"));
        original.setCharAt(head.length() + line * 78 + column, '!');

        SplitMail mail = SplitMail.of(original.toString(), 57);

        assertThat(mail.reassembled()).isEqualTo(SplitMail.bytes(original.toString()));
        assertThat(mail.streams().get(1)).isEqualTo(Arrays.copyOf(content, line * 57));
    }

    @Property(tries = 2000)
    void theCanonicalHashIsTheSameInBothKindsOfPass(@ForAll long seed) throws Exception {
        byte[] original = SplitMail.bytes(NastyMail.damaged(seed));
        MimeCanonical rules = new MimeCanonical();
        MimeHash beside = rules.start();

        new MimeSplitter(20).split(new ByteArrayInputStream(original), SplitMail.ignoring(), beside);

        assertThat(beside.value()).isEqualTo(rules.hash(new ByteArrayInputStream(original)));
    }
}
