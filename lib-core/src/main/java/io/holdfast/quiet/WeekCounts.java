// SPDX-License-Identifier: Apache-2.0
package io.holdfast.quiet;

import io.holdfast.internal.varint.Varints;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The answers of one workload by hour of the week, Monday's first hour first. Older weeks fade: what is left is halved in two weeks. Guarded by the lock
 * of its {@link QuietWindows}.
 */
final class WeekCounts {
    static final int HOURS = 168;
    private static final int DAY = 24;
    private static final int WEEKEND = 5 * DAY;
    private static final double LEFT_AFTER_A_DAY = Math.pow(0.5, 1.0 / 14);

    /** One busy hour must not look like certainty: its answers are all of one mood. */
    private static final double MOST_OF_AN_HOUR = 100;

    /** How many answers the expectation that nobody has seen is worth. */
    private static final double PRIOR = 20;

    private static final double SURE = 50;
    private static final double SCALE = 16;
    private static final int MOST = 0xffff;

    private final double[] answers = new double[HOURS];
    private final double[] troubled = new double[HOURS];

    /** Adds what one hour has brought. */
    void add(int hour, long answered, long inTrouble) {
        double weight = Math.min(1, MOST_OF_AN_HOUR / Math.max(1, answered));
        answers[hour] += answered * weight;
        troubled[hour] += inTrouble * weight;
    }

    void add(WeekCounts other) {
        for (int i = 0; i < HOURS; i++) {
            answers[i] += other.answers[i];
            troubled[i] += other.troubled[i];
        }
    }

    void fade(long days) {
        double left = Math.pow(LEFT_AFTER_A_DAY, days);
        for (int i = 0; i < HOURS; i++) {
            answers[i] *= left;
            troubled[i] *= left;
        }
    }

    /** The part of answers that is in trouble in an hour: what was seen then, leaning on the same hour of like days, and on the whole. */
    double trouble(int hour) {
        double whole = part(sum(troubled, 0, HOURS, 1), sum(answers, 0, HOURS, 1), 0);
        double like = part(likeDays(troubled, hour), likeDays(answers, hour), whole);
        return part(troubled[hour], answers[hour], like);
    }

    /** 0 to nearly 1. */
    double confidence(int hour) {
        double seen = answers[hour] + 0.2 * likeDays(answers, hour);
        return seen / (seen + SURE);
    }

    private static double part(double some, double all, double expected) {
        return (some + PRIOR * expected) / (all + PRIOR);
    }

    private static double likeDays(double[] counts, int hour) {
        return hour < WEEKEND ? sum(counts, hour % DAY, WEEKEND, DAY) : sum(counts, WEEKEND + hour % DAY, HOURS, DAY);
    }

    private static double sum(double[] counts, int from, int to, int step) {
        double sum = 0;
        for (int i = from; i < to; i += step) {
            sum += counts[i];
        }
        return sum;
    }

    boolean isEmpty() {
        return Arrays.stream(answers).allMatch(count -> count * SCALE < 0.5);
    }

    void write(ByteBuffer out) {
        for (int i = 0; i < HOURS; i++) {
            long scaled = Math.min(MOST, Math.round(answers[i] * SCALE));
            Varints.write(out, scaled);
            if (scaled > 0) {
                Varints.write(out, Math.min(scaled, Math.round(troubled[i] * SCALE)));
            }
        }
    }

    static WeekCounts read(ByteBuffer in) {
        WeekCounts counts = new WeekCounts();
        for (int i = 0; i < HOURS; i++) {
            long scaled = Varints.read(in, MOST);
            counts.answers[i] = scaled / SCALE;
            counts.troubled[i] = scaled == 0 ? 0 : Varints.read(in, scaled) / SCALE;
        }
        return counts;
    }
}
