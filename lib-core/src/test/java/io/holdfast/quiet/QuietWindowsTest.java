// SPDX-License-Identifier: Apache-2.0
package io.holdfast.quiet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QuietWindowsTest {
    private static final ZoneId VIENNA = ZoneId.of("Europe/Vienna");
    private static final Instant MONDAY = Instant.parse("2030-01-06T23:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration QUICK = Duration.ofMillis(100);

    private final SplittableRandom random = new SplittableRandom(11);

    /** A service that is busy from eight to six on weekdays, whatever we do, and throttles a third of what comes then. */
    private static double trouble(Instant at) {
        ZonedDateTime local = at.atZone(VIENNA);
        boolean busy = local.getDayOfWeek().getValue() <= 5 && local.getHour() >= 8 && local.getHour() < 18;
        return busy ? 0.35 : 0.005;
    }

    /** Sessions of an hour, every five hours for two weeks, each with 300 requests. */
    private QuietWindows learned() {
        QuietWindows windows = QuietWindows.empty(VIENNA);
        for (int start = 0; start < 14 * 24; start += 5) {
            for (int i = 0; i < 300; i++) {
                Instant at = MONDAY.plus(Duration.ofHours(start)).plusSeconds(i * 10L);
                windows.answered("mail", "list", at, random.nextDouble() < trouble(at), QUICK);
            }
        }
        return windows;
    }

    private static double meanOverAllHours() {
        double sum = 0;
        for (int hour = 0; hour < 168; hour++) {
            sum += trouble(MONDAY.plus(Duration.ofHours(hour)));
        }
        return sum / 168;
    }

    private static SessionWish wish(long rpoHours, Instant now) {
        return new SessionWish(now, now.minus(Duration.ofHours(2)), Duration.ofHours(rpoHours), HOUR, Set.of("mail"));
    }

    private static double met(List<ProposedStart> starts) {
        return starts.stream()
                .mapToDouble(start -> trouble(start.at()))
                .average()
                .orElseThrow();
    }

    @ParameterizedTest(name = "objective of {0} hours")
    @ValueSource(longs = {12, 16, 24, 48})
    void afterTwoWeeksSessionsMeetAFifthOfTheMeanTroubleAtMost(long rpo) {
        Instant now = MONDAY.plus(Duration.ofDays(14));

        List<ProposedStart> starts = learned().plan(wish(rpo, now));

        System.out.printf(
                Locale.ROOT,
                "objective of %d hours: %.1f %% of the mean trouble of all hours%n",
                rpo,
                100 * met(starts) / meanOverAllHours());
        assertThat(met(starts)).isLessThanOrEqualTo(0.2 * meanOverAllHours());
        assertThat(starts).allSatisfy(start -> assertThat(start.confidence()).isGreaterThan(0.3));
    }

    @ParameterizedTest(name = "objective of {0} hours")
    @ValueSource(longs = {4, 6, 8, 10})
    void withAnObjectiveShorterThanTheBusyDayItStartsInBusyHoursAsSeldomAsPossible(long rpo) {
        // From seven in the morning to six in the evening without stepping further than the objective allows.
        long most = rpo - 1;
        long leastPerDay = (11 + most - 1) / most - 1;

        List<ProposedStart> starts = learned().plan(wish(rpo, MONDAY.plus(Duration.ofDays(14))));

        assertThat(starts).filteredOn(start -> trouble(start.at()) > 0.1).hasSize((int) (5 * leastPerDay));
    }

    @Test
    void knowsTheWeekendWithoutHavingSeenEachOfItsHours() {
        QuietWindows windows = learned();
        List<ProposedStart> starts = windows.plan(wish(24, MONDAY.plus(Duration.ofDays(14))));

        assertThat(starts).allSatisfy(start -> assertThat(start.trouble()).isLessThan(0.1));
    }

    @Test
    void saysThatItKnowsNothing() {
        List<ProposedStart> starts = QuietWindows.empty(VIENNA).plan(wish(12, MONDAY));

        assertThat(starts)
                .isNotEmpty()
                .allSatisfy(start -> assertThat(start.confidence()).isZero());
    }

    @Test
    void becomesLessSureWhenNothingIsSeenForMonths() {
        QuietWindows windows = learned();

        double fresh =
                windows.plan(wish(12, MONDAY.plus(Duration.ofDays(14)))).get(1).confidence();
        double old = windows.plan(wish(12, MONDAY.plus(Duration.ofDays(14 + 140))))
                .get(1)
                .confidence();

        assertThat(fresh).isGreaterThan(0.3);
        assertThat(old).isLessThan(0.05);
    }

    @Test
    void startsAtOnceWhenTheObjectiveIsMissedAlready() {
        Instant now = MONDAY.plus(Duration.ofMinutes(17));
        SessionWish late =
                new SessionWish(now, now.minus(Duration.ofDays(3)), Duration.ofHours(12), HOUR, Set.of("mail"));

        assertThat(learned().plan(late).get(0).at()).isEqualTo(now);
    }

    @Test
    void takesAnswersThatAreSlowForTheirOperationForTrouble() {
        QuietWindows windows = QuietWindows.empty(VIENNA);
        for (int hour = 0; hour < 7 * 24; hour++) {
            boolean evening = hour % 24 >= 20;
            for (int i = 0; i < 50; i++) {
                Instant at = MONDAY.plus(Duration.ofHours(hour)).plusSeconds(i);
                windows.answered("mail", "list", at, false, evening ? Duration.ofSeconds(2) : QUICK);
                windows.answered("mail", "export", at, false, Duration.ofSeconds(2));
            }
        }

        List<ProposedStart> starts = windows.plan(wish(24, MONDAY.plus(Duration.ofDays(7))));

        assertThat(starts).allSatisfy(start -> {
            assertThat(start.at().atZone(VIENNA).getHour()).isLessThan(20);
            assertThat(start.trouble()).isLessThan(0.05);
        });
    }

    @Test
    void oneHourOfManyAnswersIsNotCertainty() {
        QuietWindows windows = QuietWindows.empty(VIENNA);
        for (int i = 0; i < 100_000; i++) {
            windows.answered("mail", "list", MONDAY.plusMillis(i * 30L), false, QUICK);
        }

        double most = windows.plan(wish(24, MONDAY.plus(Duration.ofDays(6)))).stream()
                .mapToDouble(ProposedStart::confidence)
                .max()
                .orElseThrow();
        assertThat(most).isLessThan(0.75);
    }

    @Test
    void whatTwoProcessesLearnedAddsUp() {
        QuietWindows one = learned();
        QuietWindows other = learned();
        double alone =
                one.plan(wish(12, MONDAY.plus(Duration.ofDays(14)))).get(1).confidence();

        one.add(other);

        assertThat(one.plan(wish(12, MONDAY.plus(Duration.ofDays(14)))).get(1).confidence())
                .isGreaterThan(alone);
    }

    @Test
    void keepsItsFormSmallAndRefusesAnotherZone() {
        QuietWindows windows = learned();

        byte[] form = windows.toBytes();

        assertThat(form.length).isBetween(100, 1024);
        assertThat(QuietWindows.read(form, VIENNA).toBytes()).isEqualTo(form);
        assertThat(QuietWindows.read(form, ZoneId.of("Asia/Tokyo"))
                        .plan(wish(12, MONDAY))
                        .get(0)
                        .confidence())
                .isZero();
    }

    @Test
    void remembersABoundedNumberOfWorkloads() {
        QuietWindows windows = QuietWindows.empty(VIENNA);
        for (int i = 0; i < 1000; i++) {
            for (int hour = 0; hour < 168; hour++) {
                windows.answered("workload " + i, "list", MONDAY.plus(Duration.ofHours(hour)), hour % 2 == 0, QUICK);
            }
        }

        assertThat(windows.toBytes().length).isLessThan(17 * 1024);
    }

    @Test
    void refusesAnObjectiveThatCannotBeKept() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new SessionWish(MONDAY, MONDAY, Duration.ofHours(4), Duration.ofMinutes(150), Set.of("mail")))
                .withMessageContaining("PT4H")
                .withMessageContaining("PT6H30M");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SessionWish(MONDAY, MONDAY, Duration.ofHours(4), Duration.ZERO, Set.of("mail")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QuietWindows.empty(VIENNA).answered("", "list", MONDAY, false, QUICK));
    }
}
