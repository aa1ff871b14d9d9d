// SPDX-License-Identifier: Apache-2.0
package io.holdfast.quiet;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** The chain of starts over the next week that meets the least trouble while no two are further apart than the objective allows. */
final class StartPlan {
    static final int HORIZON = 168;

    /** What a session costs besides its trouble, so that none is proposed for nothing. */
    private static final double OF_ITSELF = 0.002;

    private static final int NONE = -1;

    private final SessionWish wish;
    private final Function<Instant, ProposedStart> outlook;
    private final Instant first;
    private final List<ProposedStart> hours = new ArrayList<>();
    private final double[] cost = new double[HORIZON];
    private final int[] before = new int[HORIZON];

    /**
     * Plans.
     *
     * @param outlook what a session that starts at an instant may expect
     */
    StartPlan(SessionWish wish, Function<Instant, ProposedStart> outlook) {
        this.wish = wish;
        this.outlook = outlook;
        this.first = wish.now().truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
    }

    List<ProposedStart> starts() {
        ArrayDeque<ProposedStart> starts = new ArrayDeque<>();
        boolean overdue = wish.dueAfter(wish.lastStart()).isBefore(first);
        if (overdue) {
            fill(wish.now().plus(wish.length()), wish.dueAfter(wish.now()));
        } else {
            fill(wish.now(), wish.dueAfter(wish.lastStart()));
        }
        for (int at = cheapestEnd(); at != NONE; at = before[at]) {
            starts.addFirst(hours.get(at));
        }
        if (overdue) {
            starts.addFirst(outlook.apply(wish.now()));
        }
        return List.copyOf(starts);
    }

    private void fill(Instant earliest, Instant latest) {
        Arrays.fill(cost, Double.POSITIVE_INFINITY);
        Arrays.fill(before, NONE);
        double hoursLong = wish.length().toMillis() / 3_600_000.0;
        for (int i = 0; i < HORIZON; i++) {
            ProposedStart start = outlook.apply(first.plus(i, ChronoUnit.HOURS));
            hours.add(start);
            double own = start.trouble() * hoursLong + OF_ITSELF;
            if (!start.at().isBefore(earliest) && !start.at().isAfter(latest)) {
                cost[i] = own;
            }
            for (int j = Math.max(0, i - wish.mostHoursBetween()); j <= i - wish.leastHoursBetween(); j++) {
                if (cost[j] + own < cost[i]) {
                    cost[i] = cost[j] + own;
                    before[i] = j;
                }
            }
        }
    }

    /** Any start that the one after the horizon may follow. */
    private int cheapestEnd() {
        int best = NONE;
        for (int i = Math.max(0, HORIZON - wish.mostHoursBetween()); i < HORIZON; i++) {
            if (cost[i] < Double.POSITIVE_INFINITY && (best == NONE || cost[i] < cost[best])) {
                best = i;
            }
        }
        return best;
    }
}
