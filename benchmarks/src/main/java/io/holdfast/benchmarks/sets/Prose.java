// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.sets;

/**
 * Running text of one author on one topic: sentences and paragraphs from a {@link WordModel}.
 *
 * <p>The same stream gives the same text whatever length is asked for, so that a reply can quote the beginning of
 * the message that it answers. Not thread-safe.
 */
final class Prose {
    private static final double FAVOURITE_SHARE = 0.30;
    private static final double TOPIC_SHARE = 0.14;
    private static final int TOPIC_WORDS = 40;

    private final WordModel model;
    private final SeededStream stream;
    private final int[] topic = new int[TOPIC_WORDS];
    private int previous;

    Prose(WordModel model, SeededStream stream) {
        this.model = model;
        this.stream = stream;
        for (int at = 0; at < TOPIC_WORDS; at++) {
            topic[at] = model.topical(stream);
        }
        previous = model.any(stream);
    }

    /** Some words for a subject or a file name, without punctuation. */
    String words(int count) {
        StringBuilder text = new StringBuilder();
        for (int n = 0; n < count; n++) {
            text.append(n == 0 ? "" : " ").append(model.text(topic[stream.below(TOPIC_WORDS)]));
        }
        return text.toString();
    }

    void sentence(ByteBuilder out) {
        int count = stream.between(4, 22);
        int start = out.length();
        for (int n = 0; n < count; n++) {
            if (n > 0) {
                out.put(' ');
            }
            out.bytes(model.word(next()));
            if (n < count - 1 && stream.below(11) == 0) {
                out.put(',');
            }
        }
        int first = out.at(start);
        if (first >= 'a' && first <= 'z') {
            out.set(start, first - 'a' + 'A');
        }
        out.put(stream.below(12) == 0 ? '?' : '.');
    }

    void paragraph(ByteBuilder out) {
        int sentences = stream.between(1, 6);
        for (int n = 0; n < sentences; n++) {
            if (n > 0) {
                out.put(' ');
            }
            if (stream.below(9) == 0) {
                figures(out);
            } else {
                sentence(out);
            }
        }
    }

    // Numbers, dates and references are what keeps real text from compressing like a novel.
    private void figures(ByteBuilder out) {
        out.bytes(model.word(next())).put(' ');
        switch (stream.below(3)) {
            case 0 -> out.text("2026-" + stream.between(10, 12) + "-" + stream.between(10, 28));
            case 1 -> out.text("#" + stream.between(10_000, 999_999));
            default -> out.text("EUR " + stream.below(90_000) + "." + stream.between(10, 99));
        }
        out.put('.');
    }

    private int next() {
        double draw = stream.unit();
        if (draw < FAVOURITE_SHARE) {
            previous = model.favouriteAfter(previous, stream);
        } else if (draw < FAVOURITE_SHARE + TOPIC_SHARE) {
            previous = topic[stream.below(TOPIC_WORDS)];
        } else {
            previous = model.any(stream);
        }
        return previous;
    }
}
