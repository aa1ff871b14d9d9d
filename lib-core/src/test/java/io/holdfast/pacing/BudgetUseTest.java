// SPDX-License-Identifier: Apache-2.0
package io.holdfast.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How well budgets are used, by the books of the service. */
class BudgetUseTest {
    private static final Scope APP = Scope.provider("p")
            .within(ScopeLevel.CLOUD, "global")
            .within(ScopeLevel.TENANT, "t")
            .within(ScopeLevel.APPLICATION, "a");
    private static final Duration LATENCY = Duration.ofMillis(150);

    private final EventTime time = new EventTime();
    private final Random random = new Random(7);

    private Pacer pacer(PacingProfile profile) {
        return Pacer.builder(time, random::nextBytes).profile(profile).build();
    }

    private static PacedRequest request(Scope scope, Cost cost) {
        return new PacedRequest(scope, "op", cost, Priority.BACKUP);
    }

    @Test
    void usesAMailboxBudgetOfTenThousandRequestsInTenMinutesAndFourSlots() {
        Scope mailbox = APP.within(ScopeLevel.POOL, "mail").within(ScopeLevel.RESOURCE, "m1");
        Limit.Rate rate = new Limit.Rate(Meter.REQUESTS, 10_000, Duration.ofMinutes(10));
        Pacer pacer = pacer(PacingProfile.builder()
                .limit("mail", ScopeLevel.RESOURCE, rate)
                .limit("mail", ScopeLevel.RESOURCE, new Limit.Slots(4))
                .build());
        CountingService service =
                new CountingService(time, Meter.REQUESTS, rate.amount(), rate.period(), 4, ScopeLevel.RESOURCE);

        Workload work = new Workload(time, pacer, service, LATENCY, () -> request(mailbox, Cost.request(1))).start(10);
        time.run(Duration.ofHours(2), pacer);

        assertUse(work, service, 12 * 10_000);
    }

    @Test
    void usesUnitsOfMixedCostsPerMinute() {
        Scope drives = APP.within(ScopeLevel.POOL, "drives");
        Limit.Rate rate = new Limit.Rate(Meter.UNITS, 1_250, Duration.ofMinutes(1));
        Pacer pacer = pacer(
                PacingProfile.builder().limit("drives", ScopeLevel.POOL, rate).build());
        CountingService service =
                new CountingService(time, Meter.UNITS, rate.amount(), rate.period(), 0, ScopeLevel.POOL);
        long[] costs = {1, 1, 1, 2, 5};

        Workload work = new Workload(
                        time,
                        pacer,
                        service,
                        LATENCY,
                        () -> request(
                                drives.within(ScopeLevel.RESOURCE, "d" + random.nextInt(20)),
                                Cost.request(costs[random.nextInt(costs.length)])))
                .start(40);
        time.run(Duration.ofHours(1), pacer);

        assertUse(work, service, 60 * 1_250);
    }

    @Test
    void usesUnitsOfHeavyRequestsPerMinute() {
        Scope user = APP.within(ScopeLevel.POOL, "messages").within(ScopeLevel.RESOURCE, "u1");
        Limit.Rate rate = new Limit.Rate(Meter.UNITS, 6_000, Duration.ofMinutes(1));
        Pacer pacer = pacer(PacingProfile.builder()
                .limit("messages", ScopeLevel.RESOURCE, rate)
                .build());
        CountingService service =
                new CountingService(time, Meter.UNITS, rate.amount(), rate.period(), 0, ScopeLevel.RESOURCE);

        Workload work = new Workload(time, pacer, service, LATENCY, () -> request(user, Cost.request(20))).start(8);
        time.run(Duration.ofHours(1), pacer);

        assertUse(work, service, 60 * 6_000);
    }

    @Test
    void findsABudgetThatWasCutWithoutAWord() {
        for (double left : new double[] {0.8, 0.5, 0.3}) {
            EventTime clock = new EventTime();
            Pacer pacer = Pacer.builder(clock, random::nextBytes)
                    .profile(PacingProfile.builder()
                            .limit("drives", ScopeLevel.POOL, new Limit.Rate(Meter.UNITS, 1_250, Duration.ofMinutes(1)))
                            .build())
                    .build();
            CountingService service =
                    new CountingService(clock, Meter.UNITS, 1_250, Duration.ofMinutes(1), 0, ScopeLevel.POOL);
            Scope drives = APP.within(ScopeLevel.POOL, "drives");
            Workload work =
                    new Workload(clock, pacer, service, LATENCY, () -> request(drives, Cost.request(2))).start(20);
            clock.run(Duration.ofMinutes(20), pacer);
            service.resetBooks();

            service.limit((long) (1_250 * left));
            clock.run(Duration.ofMinutes(1), pacer);
            System.out.printf(Locale.ROOT, "cut to %s: %d refused in the first minute%n", left, service.throttled);
            assertThat(service.throttled)
                    .as("refused in the first minute after a cut to " + left)
                    .isLessThanOrEqualTo(60);
            service.resetBooks();
            clock.run(Duration.ofMinutes(120), pacer);

            assertUse(work, service, (long) (120 * 1_250 * left));
        }
    }

    @Test
    void findsALimitThatNobodyPublished() {
        Pacer pacer = pacer(PacingProfile.unlimited());
        CountingService service =
                new CountingService(time, Meter.REQUESTS, 600, Duration.ofMinutes(1), 0, ScopeLevel.POOL);
        Scope pool = APP.within(ScopeLevel.POOL, "unknown");

        Workload work = new Workload(time, pacer, service, LATENCY, () -> request(pool, Cost.request(1))).start(10);
        time.run(Duration.ofMinutes(30), pacer);
        service.resetBooks();
        time.run(Duration.ofMinutes(60), pacer);

        assertThat(work.sentInsideFence).isZero();
        assertThat(service.servedAmount).isGreaterThan((long) (60 * 600 * 0.9));
        assertThat(service.throttled).isLessThan(service.servedRequests / 200);
    }

    private static void assertUse(Workload work, CountingService service, long budget) {
        System.out.printf(
                Locale.ROOT,
                "of a budget of %d: %.1f %% served, %d of %d requests refused, %d sent inside a fence%n",
                budget,
                100.0 * service.servedAmount / budget,
                service.throttled,
                service.servedRequests + service.throttled,
                work.sentInsideFence);
        assertThat(work.sentInsideFence).as("sent inside a fence").isZero();
        assertThat(service.servedAmount).as("of a budget of " + budget).isGreaterThanOrEqualTo(budget * 95 / 100);
        assertThat(service.throttled)
                .as("refused, of " + service.servedRequests + " requests")
                .isLessThan(service.servedRequests / 1_000);
    }
}
