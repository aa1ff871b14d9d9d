// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli.config;

import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;

/** Finds what was probably meant. */
public final class Spelling {
    private Spelling() {}

    /**
     * The nearest of some words.
     *
     * @param word what was written
     * @param known what is known, not empty
     * @return the known word that takes the fewest edits to reach
     */
    public static String nearest(String word, Set<String> known) {
        return new TreeSet<>(known)
                .stream()
                        .min(Comparator.comparingInt(each -> edits(word, each)))
                        .orElseThrow();
    }

    /** Levenshtein's distance, by rows. */
    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
