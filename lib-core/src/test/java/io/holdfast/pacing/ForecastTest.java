// SPDX-License-Identifier: Apache-2.0
package io.holdfast.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Forecasts, held against what the pacer then really does. */
final class ForecastTest {
    private static final Scope APP =
            Scope.provider("p").within(ScopeLevel.TENANT, "t").within(ScopeLevel.APPLICATION, "a");
    private static final Scope MAILBOX = APP.within(ScopeLevel.POOL, "mail").within(ScopeLevel.RESOURCE, "m1");
    private static final Duration LATENCY = Duration.ofMillis(150);

    private final EventTime time = new EventTime();
    private final Random random = new Random(7);

    private Pacer pacer(PacingProfile profile) {
        return Pacer.builder(time, random::nextBytes).profile(profile).build();
    }

    private static PlannedWork work(long requests, Cost each) {
        return new PlannedWork(MAILBOX, "mail.list", requests, each, LATENCY);
    }

    /** How long the pacer takes to let so many requests through. */
    private Duration taken(Pacer pacer, long requests, Cost cost, int clients) {
        long[] left = {requests};
        long[] open = {0};
        Runnable[] next = new Runnable[1];
        next[0] = () -> {
            if (left[0]-- > 0) {
                open[0]++;
                pacer.offer(
                        new PacedRequest(MAILBOX, "mail.list", cost, Priority.BACKUP),
                        Duration.ofDays(10),
                        admission -> time.after(LATENCY, () -> {
                            Permit permit = ((Admission.Admitted) admission).permit();
                            permit.answered(new Answer.Served(cost, java.util.Optional.empty()));
                            permit.close();
                            open[0]--;
                            next[0].run();
                        }));
            }
        };
        long begun = time.nanos();
        for (int i = 0; i < clients; i++) {
            next[0].run();
        }
        while (open[0] > 0) {
            time.run(Duration.ofSeconds(1), pacer);
        }
        return Duration.ofNanos(time.nanos() - begun);
    }

    private static void assertNear(Duration predicted, Duration taken) {
        assertThat((double) taken.toMillis() / predicted.toMillis())
                .as("taken " + taken + ", predicted " + predicted)
                .isBetween(0.9, 1.1);
    }

    @Test
    void predictsTheTimeThatARateTakes() {
        Pacer pacer = pacer(PacingProfile.builder()
                .limit("mail", ScopeLevel.RESOURCE, new Limit.Rate(Meter.UNITS, 6_000, Duration.ofMinutes(1)))
                .factor("mail", 0.8)
                .build());
        Forecast forecast = pacer.forecast(List.of(work(9_600, Cost.request(5))), 64);
        assertThat(forecast.requests()).isEqualTo(9_600);
        assertThat(forecast.units()).isEqualTo(48_000);
        assertThat(forecast.binding()).contains(MAILBOX);
        assertNear(forecast.duration(), taken(pacer, 9_600, Cost.request(5), 64));
    }

    @Test
    void predictsTheTimeThatSlotsTake() {
        Pacer pacer = pacer(PacingProfile.builder()
                .limit("mail", ScopeLevel.RESOURCE, new Limit.Slots(4))
                .limit("mail", ScopeLevel.RESOURCE, new Limit.Rate(Meter.REQUESTS, 1_000_000, Duration.ofMinutes(10)))
                .build());
        Forecast forecast = pacer.forecast(List.of(work(8_000, Cost.request(1))), 64);
        assertThat(forecast.binding()).contains(MAILBOX);
        assertNear(forecast.duration(), taken(pacer, 8_000, Cost.request(1), 64));
    }

    @Test
    void predictsTheTimeThatOurOwnParallelismTakes() {
        Pacer pacer = pacer(PacingProfile.unlimited());
        Forecast forecast = pacer.forecast(List.of(work(8_000, Cost.request(1))), 8);
        assertThat(forecast.binding()).isEmpty();
        assertNear(forecast.duration(), taken(pacer, 8_000, Cost.request(1), 8));
    }

    @Test
    void addsUpWhatCountsTogether() {
        Pacer pacer = pacer(PacingProfile.builder()
                .limit(ScopeLevel.TENANT, new Limit.Rate(Meter.REQUESTS, 100, Duration.ofMinutes(1)))
                .build());
        PlannedWork drives = new PlannedWork(
                APP.within(ScopeLevel.POOL, "drives"), "drive.list", 300, new Cost(1, 2, 10, 1000, 1), LATENCY);
        Forecast forecast = pacer.forecast(List.of(work(700, Cost.request(1)), drives), 8);
        assertThat(forecast.duration()).isEqualTo(Duration.ofMinutes(10));
        assertThat(forecast.binding()).contains(Scope.provider("p").within(ScopeLevel.TENANT, "t"));
        assertThat(forecast.bytesUp()).isEqualTo(3_000);
        assertThat(forecast.bytesDown()).isEqualTo(300_000);
        assertThat(forecast.byOperation()).containsEntry("mail.list", 700L).containsEntry("drive.list", 300L);
    }

    @Test
    void refusesWhatMakesNoSense() {
        Pacer pacer = pacer(PacingProfile.unlimited());
        assertThatIllegalArgumentException().isThrownBy(() -> pacer.forecast(List.of(), 0));
        assertThatIllegalArgumentException().isThrownBy(() -> work(-1, Cost.request(1)));
        assertThat(pacer.forecast(List.of(), 1).duration()).isEqualTo(Duration.ZERO);
    }
}
