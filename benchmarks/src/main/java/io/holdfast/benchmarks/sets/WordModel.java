// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.sets;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A vocabulary with the frequencies of natural language (Zipf) and favourite successors for each word.
 *
 * <p>The share of favourite successors decides how well text compresses; it is set so that zstd level 3 finds in it
 * what it finds in real mail (a ratio near 2.1 for one message of 12 KB). Immutable and thread-safe.
 */
final class WordModel {
    private static final int VOCABULARY = 9_000;
    private static final int TABLE_BITS = 17;
    private static final int FAVOURITES = 4;
    private static final String[] COMMON = {
        "the",
        "of",
        "and",
        "to",
        "in",
        "a",
        "is",
        "that",
        "for",
        "it",
        "with",
        "as",
        "was",
        "on",
        "be",
        "at",
        "by",
        "we",
        "this",
        "have",
        "from",
        "or",
        "you",
        "an",
        "are",
        "not",
        "will",
        "can",
        "all",
        "has",
        "if",
        "our",
        "but",
        "they",
        "which",
        "would",
        "there",
        "please",
        "your",
        "been",
        "their",
        "more",
        "new",
        "also",
        "any",
        "so",
        "up",
        "when",
        "about",
        "out",
        "who",
        "do",
        "after",
        "time",
        "would",
        "next",
        "week",
        "meeting",
        "could",
        "let",
        "know",
        "team",
        "project",
        "report",
        "attached",
        "thanks",
        "regards",
        "review",
        "draft",
        "invoice",
        "contract",
        "customer",
        "budget",
        "schedule",
        "update",
        "request",
        "order",
        "office",
        "plan",
        "before",
        "question"
    };
    private static final String[] ONSETS = {
        "", "b", "c", "d", "f", "g", "h", "l", "m", "n", "p", "r", "s", "t", "v", "w", "st", "pr", "tr", "ch", "sh",
        "pl", "gr", "cl", "con", "re", "in", "de", "ex", "per", "sub", "qu"
    };
    private static final String[] NUCLEI = {"a", "e", "i", "o", "u", "ea", "ou", "io", "ie", "ai"};
    private static final String[] CODAS = {
        "", "n", "r", "s", "t", "l", "nt", "st", "ct", "ss", "m", "nd", "ng", "rd", "ble", "tion", "ment", "ing", "ed",
        "er", "ly", "al", "ty", "é", "ü"
    };

    private final byte[][] words;
    private final int[] byFrequency = new int[1 << TABLE_BITS];
    private final int[] favourites = new int[VOCABULARY * FAVOURITES];

    WordModel(long seed) {
        SeededStream stream = SeededStream.of(seed, "vocabulary", 0);
        words = vocabulary(stream);
        fillFrequencies();
        for (int at = 0; at < favourites.length; at++) {
            favourites[at] = any(stream);
        }
    }

    byte[] word(int index) {
        return words[index];
    }

    String text(int index) {
        return new String(words[index], StandardCharsets.UTF_8);
    }

    /** A word by its frequency in the language. */
    int any(SeededStream stream) {
        return byFrequency[(int) (stream.nextLong() >>> (64 - TABLE_BITS))];
    }

    /** A word that carries meaning: the frequent connecting words are left out. */
    int topical(SeededStream stream) {
        return COMMON.length + stream.below(VOCABULARY - COMMON.length);
    }

    int favouriteAfter(int word, SeededStream stream) {
        int choice = stream.below(8);
        return favourites[word * FAVOURITES + (choice < 4 ? 0 : choice < 6 ? 1 : choice - 4)];
    }

    private static byte[][] vocabulary(SeededStream stream) {
        Set<String> known = new LinkedHashSet<>();
        for (String word : COMMON) {
            known.add(word);
        }
        while (known.size() < VOCABULARY) {
            // Rare words are longer, as in real text.
            int syllables = 1 + stream.below(known.size() < 1_000 ? 2 : 3);
            StringBuilder word = new StringBuilder();
            for (int n = 0; n < syllables; n++) {
                word.append(ONSETS[stream.below(ONSETS.length)]).append(NUCLEI[stream.below(NUCLEI.length)]);
                if (n == syllables - 1 || stream.chance(0.3)) {
                    word.append(CODAS[stream.below(CODAS.length - (stream.chance(0.05) ? 0 : 2))]);
                }
            }
            known.add(word.toString());
        }
        return known.stream().map(w -> w.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    }

    private void fillFrequencies() {
        double total = 0;
        for (int rank = 1; rank <= VOCABULARY; rank++) {
            total += 1.0 / (rank + 2.7);
        }
        double sum = 0;
        int at = 0;
        for (int rank = 1; rank <= VOCABULARY; rank++) {
            sum += 1.0 / (rank + 2.7);
            int end = rank == VOCABULARY ? byFrequency.length : (int) (sum / total * byFrequency.length);
            while (at < end) {
                byFrequency[at++] = rank - 1;
            }
        }
    }
}
