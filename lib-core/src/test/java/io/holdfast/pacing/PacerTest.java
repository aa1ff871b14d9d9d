// SPDX-License-Identifier: Apache-2.0
package io.holdfast.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PacerTest {
    private static final Scope CLOUD = Scope.provider("p").within(ScopeLevel.CLOUD, "global");
    private static final Duration PATIENT = Duration.ofMinutes(15);

    private final EventTime time = new EventTime();
    private final Random random = new Random(1);
    private final List<Permit> permits = new ArrayList<>();

    private Pacer.Builder builder() {
        return Pacer.builder(time, random::nextBytes);
    }

    private static Scope pool(String tenant) {
        return CLOUD.within(ScopeLevel.TENANT, tenant).within(ScopeLevel.POOL, "mail");
    }

    private static Scope mailbox(String tenant, String name) {
        return pool(tenant).within(ScopeLevel.RESOURCE, name);
    }

    private static PacedRequest backup(Scope scope) {
        return new PacedRequest(scope, "op", Cost.request(1), Priority.BACKUP);
    }

    private static PacedRequest restore(Scope scope) {
        return new PacedRequest(scope, "op", Cost.request(1), Priority.RESTORE);
    }

    private void offer(Pacer pacer, PacedRequest request) {
        pacer.offer(request, PATIENT, this::keep);
    }

    private void keep(Admission admission) {
        if (admission instanceof Admission.Admitted admitted) {
            permits.add(admitted.permit());
        }
    }

    private static PacingProfile slots(int count) {
        return PacingProfile.builder()
                .limit("mail", ScopeLevel.RESOURCE, new Limit.Slots(count))
                .build();
    }

    private static PacingProfile perMinute(long amount) {
        return PacingProfile.builder()
                .limit("mail", ScopeLevel.POOL, new Limit.Rate(Meter.REQUESTS, amount, Duration.ofMinutes(1)))
                .build();
    }

    private static Answer served() {
        return new Answer.Served(Cost.request(1), Optional.empty());
    }

    private static Answer throttled(ScopeLevel level, Duration wait) {
        return new Answer.Throttled(level, Optional.of(wait));
    }

    @Nested
    class Slots {
        @Test
        void lendsNoMoreThanThereAreAndHandsOnWhatComesBack() {
            Pacer pacer = builder().profile(slots(2)).build();
            for (int i = 0; i < 3; i++) {
                offer(pacer, backup(mailbox("t", "m")));
            }
            assertThat(permits).hasSize(2);

            permits.get(0).close();

            assertThat(permits).hasSize(3);
        }

        @Test
        void comeBackOnceHoweverOftenAPermitIsClosed() {
            Pacer pacer = builder().profile(slots(1)).build();
            for (int i = 0; i < 3; i++) {
                offer(pacer, backup(mailbox("t", "m")));
            }

            permits.get(0).close();
            permits.get(0).close();

            assertThat(permits).hasSize(2);
        }

        @Test
        void ofOneMailboxAreNoneOfAnother() {
            Pacer pacer = builder().profile(slots(1)).build();

            offer(pacer, backup(mailbox("t", "m1")));
            offer(pacer, backup(mailbox("t", "m2")));

            assertThat(permits).hasSize(2);
        }

        @Test
        void letABatchThatNeedsMoreThanAllOfThemGoAlone() {
            Pacer pacer = builder().profile(slots(4)).build();

            offer(pacer, new PacedRequest(mailbox("t", "m"), "batch", new Cost(20, 20, 0, 0, 20), Priority.BACKUP));
            offer(pacer, backup(mailbox("t", "m")));

            assertThat(permits).hasSize(1);
            permits.get(0).close();
            assertThat(permits).hasSize(2);
        }
    }

    @Nested
    class Waits {
        @Test
        void holdTheScopeThatTheAnswerNamesAndNoOther() {
            Pacer pacer = builder().build();
            offer(pacer, backup(mailbox("t", "m1")));
            permits.get(0).answered(throttled(ScopeLevel.RESOURCE, Duration.ofSeconds(30)));

            offer(pacer, backup(mailbox("t", "m1")));
            offer(pacer, backup(mailbox("t", "m2")));
            assertThat(permits).hasSize(2);

            time.run(Duration.ofSeconds(31), pacer);
            assertThat(permits).hasSize(3);
        }

        @Test
        void areNeverShortenedByAShorterOne() {
            Pacer pacer = builder().build();
            offer(pacer, backup(pool("t")));
            offer(pacer, backup(pool("t")));
            permits.get(0).answered(throttled(ScopeLevel.POOL, Duration.ofMinutes(2)));
            permits.get(1).answered(throttled(ScopeLevel.POOL, Duration.ofSeconds(1)));
            offer(pacer, backup(pool("t")));

            time.run(Duration.ofSeconds(119), pacer);
            assertThat(permits).hasSize(2);
            time.run(Duration.ofSeconds(5), pacer);
            assertThat(permits).hasSize(3);
        }

        @Test
        void endWithOneProbeAndOnlyItsSuccessLetsTheOthersGo() {
            Pacer pacer = builder().build();
            offer(pacer, backup(pool("t")));
            permits.get(0).answered(throttled(ScopeLevel.POOL, Duration.ofSeconds(10)));
            for (int i = 0; i < 5; i++) {
                offer(pacer, backup(pool("t")));
            }

            time.run(Duration.ofSeconds(11), pacer);
            assertThat(permits).hasSize(2);
            permits.get(1).answered(throttled(ScopeLevel.POOL, Duration.ofSeconds(10)));
            time.run(Duration.ofSeconds(11), pacer);
            assertThat(permits).hasSize(3);
            permits.get(2).answered(served());

            time.run(Duration.ofSeconds(10), pacer);
            assertThat(permits).hasSize(6);
        }

        @Test
        void sendAnotherProbeIfTheFirstWasLost() {
            Pacer pacer = builder().build();
            offer(pacer, backup(pool("t")));
            permits.get(0).answered(throttled(ScopeLevel.POOL, Duration.ofSeconds(10)));
            offer(pacer, backup(pool("t")));
            offer(pacer, backup(pool("t")));
            time.run(Duration.ofSeconds(11), pacer);

            permits.get(1).close();

            assertThat(permits).hasSize(3);
        }

        @Test
        void growWhenTheServiceDoesNotSayForHowLong() {
            Pacer pacer = builder().build();
            offer(pacer, backup(pool("t")));
            Duration last = Duration.ZERO;
            for (int i = 0; i < 8; i++) {
                permits.get(permits.size() - 1).answered(new Answer.Throttled(ScopeLevel.POOL, Optional.empty()));
                long before = time.nanos();
                int had = permits.size();
                offer(pacer, backup(pool("t")));
                while (permits.size() == had) {
                    time.run(Duration.ofMillis(100), pacer);
                }
                last = Duration.ofNanos(time.nanos() - before);
                if (i == 0) {
                    assertThat(last).isBetween(Duration.ofMillis(900), Duration.ofMillis(2_200));
                }
            }
            assertThat(last).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(62));
        }

        @Test
        void beyondTheCallersPatienceAreToldAtOnce() throws InterruptedException {
            Pacer pacer = builder().build();
            offer(pacer, backup(pool("t")));
            permits.get(0).answered(throttled(ScopeLevel.POOL, Duration.ofHours(2)));
            Instant before = time.now();

            Admission admission = pacer.admit(backup(pool("t")), PATIENT);

            assertThat(time.now()).isEqualTo(before);
            assertThat(admission).isInstanceOfSatisfying(Admission.Parked.class, parked -> {
                assertThat(parked.scope()).isEqualTo(pool("t"));
                assertThat(parked.until()).isBetween(before.plusSeconds(7200), before.plusSeconds(7400));
            });
        }

        @Test
        void areKeptByACallerThatIsPatient() throws InterruptedException {
            Pacer pacer = builder().build();
            offer(pacer, backup(pool("t")));
            permits.get(0).answered(throttled(ScopeLevel.POOL, Duration.ofMinutes(5)));
            Instant before = time.now();

            Admission admission = pacer.admit(backup(pool("t")), PATIENT);

            assertThat(admission).isInstanceOf(Admission.Admitted.class);
            assertThat(Duration.between(before, time.now())).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
        }
    }

    @Nested
    class Turns {
        @Test
        void giveRestoresPrecedenceAndBackupsATenth() {
            Pacer pacer = builder().profile(perMinute(60)).build();
            for (int i = 0; i < 200; i++) {
                offer(pacer, backup(mailbox("t", "m1")));
                offer(pacer, restore(mailbox("t", "m2")));
            }

            time.run(Duration.ofSeconds(100), pacer);

            long backups = permits.stream()
                    .filter(permit -> permit.request().priority() == Priority.BACKUP)
                    .count();
            assertThat(permits).hasSizeBetween(99, 102);
            assertThat(backups).isBetween(10L, 12L);
        }

        @Test
        void shareAPoolAmongItsMailboxesWhateverTheyAskFor() {
            Pacer pacer = builder().profile(perMinute(60)).build();
            for (int i = 0; i < 500; i++) {
                offer(pacer, backup(mailbox("t", "greedy")));
            }
            for (int i = 0; i < 60; i++) {
                offer(pacer, backup(mailbox("t", "modest")));
            }

            time.run(Duration.ofSeconds(100), pacer);

            assertThat(countByName().get("modest")).isBetween(48L, 52L);
        }

        @Test
        void shareACloudAmongItsTenantsByWeightHoweverManyMailboxesTheyHave() {
            Pacer pacer = builder()
                    .profile(PacingProfile.builder()
                            .limit(ScopeLevel.CLOUD, new Limit.Rate(Meter.REQUESTS, 60, Duration.ofMinutes(1)))
                            .build())
                    .weights(tenant -> tenant.name().equals("small") ? 1 : 2)
                    .build();
            for (int i = 0; i < 300; i++) {
                offer(pacer, backup(mailbox("large", "m" + i % 50)));
                offer(pacer, backup(mailbox("small", "only")));
            }

            time.run(Duration.ofSeconds(120), pacer);

            assertThat(countByName().get("only")).isBetween(38L, 42L);
        }

        private Map<String, Long> countByName() {
            Map<String, Long> counts = new HashMap<>();
            permits.forEach(permit -> counts.merge(permit.request().scope().name(), 1L, Long::sum));
            return counts;
        }
    }

    @Test
    void oneTenantThatIsRefusedAllTheTimeSlowsNoOtherOne() {
        List<CountingService> alone = run(false);
        List<CountingService> together = run(true);

        for (int i = 1; i < 50; i++) {
            assertThat(together.get(i).servedRequests).isGreaterThanOrEqualTo(alone.get(i).servedRequests * 99 / 100);
        }
    }

    private List<CountingService> run(boolean abusive) {
        EventTime clock = new EventTime();
        Pacer pacer =
                Pacer.builder(clock, random::nextBytes).profile(perMinute(600)).build();
        List<CountingService> services = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            boolean bad = abusive && i == 0;
            CountingService service = new CountingService(
                    clock, Meter.REQUESTS, bad ? 0 : 600, Duration.ofMinutes(1), 0, ScopeLevel.POOL);
            Scope scope = mailbox("t" + i, "m");
            new Workload(clock, pacer, service, Duration.ofMillis(100), () -> backup(scope)).start(bad ? 200 : 4);
            services.add(service);
        }
        clock.run(Duration.ofMinutes(5), pacer);
        return services;
    }

    @Test
    void knowsWhatWasSpentOnWhat() {
        Pacer pacer = builder().build();
        offer(pacer, new PacedRequest(mailbox("t", "m1"), "get", Cost.request(1), Priority.BACKUP));
        offer(pacer, new PacedRequest(mailbox("t", "m2"), "get", Cost.request(1), Priority.BACKUP));
        permits.get(0).answered(new Answer.Served(Cost.request(3).withBytes(10, 4_000), Optional.empty()));
        permits.get(1).answered(throttled(ScopeLevel.RESOURCE, Duration.ofSeconds(1)));

        assertThat(pacer.spending())
                .containsExactly(new Spending(
                        CLOUD.within(ScopeLevel.TENANT, "t"),
                        "mail",
                        "get",
                        new Cost(2, 4, 10, 4_000, 0),
                        1,
                        Duration.ZERO));
    }

    @Test
    void paysOffWhatARequestCostMoreThanWasThought() {
        Pacer pacer = builder().profile(perMinute(60)).build();
        offer(pacer, backup(pool("t")));
        permits.get(0).answered(new Answer.Served(new Cost(11, 1, 0, 0, 1), Optional.empty()));
        offer(pacer, backup(pool("t")));

        time.run(Duration.ofSeconds(9), pacer);
        assertThat(permits).hasSize(1);
        time.run(Duration.ofSeconds(3), pacer);
        assertThat(permits).hasSize(2);
    }

    @Test
    void spendsOnlyItsPartOfASharedBudgetAndHeedsTheWaitsOfOthers() {
        Map<Scope, Instant> fences = new HashMap<>();
        BudgetSharing half = new BudgetSharing() {
            @Override
            public double partOf(Scope scope) {
                return 0.5;
            }

            @Override
            public Optional<Instant> fencedUntil(Scope scope) {
                return Optional.ofNullable(fences.get(scope));
            }

            @Override
            public void fenced(Scope scope, Instant until) {
                fences.put(scope, until);
            }
        };
        Pacer one = builder().profile(perMinute(60)).sharing(half).build();
        for (int i = 0; i < 100; i++) {
            offer(one, backup(pool("t")));
        }
        time.run(Duration.ofMinutes(1), one);
        assertThat(permits).hasSizeBetween(29, 32);

        permits.get(0).answered(throttled(ScopeLevel.POOL, Duration.ofMinutes(1)));
        Pacer other = builder().profile(perMinute(60)).sharing(half).build();
        int before = permits.size();
        offer(other, backup(pool("t")));
        assertThat(permits).hasSize(before);
    }

    @Test
    void givesNothingToAThreadThatWasInterrupted() {
        Pacer pacer = builder().profile(slots(1)).build();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> pacer.admit(backup(mailbox("t", "m")), PATIENT))
                .isInstanceOf(InterruptedException.class);

        offer(pacer, backup(mailbox("t", "m")));
        assertThat(permits).hasSize(1);
    }
}
