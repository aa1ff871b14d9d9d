// SPDX-License-Identifier: Apache-2.0
package io.holdfast.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.pacing.Scope;
import io.holdfast.pacing.ScopeLevel;
import io.holdfast.runtime.SteppedTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BreakersTest {
    private static final Failure RESET = Failure.of(FailureCategory.PATH_LOSS, "reset");

    private final SteppedTime time = new SteppedTime();
    private final List<BreakerEvent> heard = new ArrayList<>();
    private final Breakers breakers = breakers(10_000);

    private Breakers breakers(int maxScopes) {
        return Breakers.builder(time, SteppedTime.seeded(1))
                .opensAt(4, 8)
                .openFor(Duration.ofSeconds(10), Duration.ofMinutes(1))
                .probes(2)
                .maxScopes(maxScopes)
                .listener(heard::add)
                .build();
    }

    private static Scope mail(String tenant) {
        return pool(tenant, "mail");
    }

    private static Scope pool(String tenant, String pool) {
        return Scope.provider("m365")
                .within(ScopeLevel.CLOUD, "global")
                .within(ScopeLevel.TENANT, tenant)
                .within(ScopeLevel.APPLICATION, "app")
                .within(ScopeLevel.POOL, pool)
                .within(ScopeLevel.RESOURCE, "one of many");
    }

    private static Breakers.Pass pass(Breakers.Entry entry) {
        assertThat(entry).isInstanceOf(Breakers.Pass.class);
        return (Breakers.Pass) entry;
    }

    private void fail(Scope scope, Failure failure, int times) {
        for (int i = 0; i < times; i++) {
            pass(breakers.enter(scope)).failed(failure);
        }
    }

    private Breakers.Held held(Scope scope) {
        Breakers.Entry entry = breakers.enter(scope);
        assertThat(entry).isInstanceOf(Breakers.Held.class);
        return (Breakers.Held) entry;
    }

    @Test
    void opensWhenTooManyOfTheLastRequestsFailedAndSaysUntilWhen() {
        fail(mail("a"), RESET, 4);

        Breakers.Held held = held(mail("a"));

        assertThat(held.until()).isBetween(SteppedTime.START.plusSeconds(10), SteppedTime.START.plusMillis(12_500));
        assertThat(heard).hasSize(1);
        assertThat(heard.get(0).state()).isEqualTo(BreakerEvent.State.OPEN);
        assertThat(heard.get(0).cause()).contains(RESET);
        assertThat(heard.get(0).until()).contains(held.until());
    }

    @Test
    void holdsNeitherAnotherTenantNorAnotherPoolBack() {
        fail(mail("a"), RESET, 4);

        pass(breakers.enter(mail("b"))).succeeded();
        pass(breakers.enter(pool("a", "drives"))).succeeded();

        assertThat(breakers.tripped()).hasSize(1);
    }

    @Test
    void doesNotCountThrottlingWishesToWaitAndFaultsOfOneItem() {
        fail(mail("a"), Failure.of(FailureCategory.THROTTLED, "429"), 20);
        fail(mail("a"), new Failure(FailureCategory.TRANSIENT, "503", Optional.of(Duration.ofSeconds(5))), 20);
        fail(mail("a"), Failure.of(FailureCategory.GONE, "ErrorItemNotFound"), 20);
        fail(mail("a"), Failure.of(FailureCategory.UNKNOWN, "teapot"), 20);
        fail(mail("a"), Failure.of(FailureCategory.IDENTITY_OUTAGE, "503"), 20);

        assertThat(breakers.tripped()).isEmpty();
        assertThat(breakers.scopeCount()).isZero();
    }

    @Test
    void takesTheAnswerThatAnItemIsGoneForALifeSign() {
        for (int i = 0; i < 20; i++) {
            fail(mail("a"), RESET, 3);
            fail(mail("a"), Failure.of(FailureCategory.GONE, "ErrorItemNotFound"), 5);
        }

        assertThat(breakers.tripped()).isEmpty();
    }

    @Test
    void forgetsFailuresAfterTwoMinutesWithoutAny() {
        fail(mail("a"), RESET, 3);
        time.pass(Duration.ofMinutes(3));
        fail(mail("a"), RESET, 3);

        assertThat(breakers.tripped()).isEmpty();
    }

    @Test
    void letsOneProbeThroughAtATimeAndClosesWhenEnoughSucceed() {
        fail(mail("a"), RESET, 4);
        time.pass(Duration.ofSeconds(13));

        Breakers.Pass first = pass(breakers.enter(mail("a")));
        held(mail("a"));
        first.succeeded();
        Breakers.Pass second = pass(breakers.enter(mail("a")));
        held(mail("a"));
        second.succeeded();
        pass(breakers.enter(mail("a"))).succeeded();
        pass(breakers.enter(mail("a"))).succeeded();

        assertThat(heard)
                .extracting(BreakerEvent::state)
                .containsExactly(BreakerEvent.State.OPEN, BreakerEvent.State.HALF_OPEN, BreakerEvent.State.CLOSED);
        assertThat(breakers.scopeCount()).isZero();
    }

    @Test
    void waitsTwiceAsLongAfterEachProbeThatFailsUpToTheLongest() {
        fail(mail("a"), RESET, 4);
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Duration wait = Duration.between(time.now(), held(mail("a")).until());
            waits.add(wait);
            time.pass(wait);
            fail(mail("a"), RESET, 1);
        }

        long[] least = {10, 20, 40, 60, 60, 60};
        for (int i = 0; i < least.length; i++) {
            assertThat(waits.get(i)).isBetween(Duration.ofSeconds(least[i]), Duration.ofMillis(least[i] * 1250));
        }
    }

    @Test
    void believesNothingThatWasSentBeforeItOpened() {
        Breakers.Pass early = pass(breakers.enter(mail("a")));
        Breakers.Pass alsoEarly = pass(breakers.enter(mail("a")));
        fail(mail("a"), RESET, 4);
        time.pass(Duration.ofSeconds(13));
        Breakers.Pass probe = pass(breakers.enter(mail("a")));

        early.succeeded();
        alsoEarly.failed(RESET);

        assertThat(breakers.tripped()).containsValue(BreakerEvent.State.HALF_OPEN);
        held(mail("a"));
        probe.close();
        pass(breakers.enter(mail("a"))).close();
    }

    @Test
    void lettingAProbeGoWithoutAnOutcomeBlocksNothing() {
        fail(mail("a"), RESET, 4);
        time.pass(Duration.ofSeconds(13));
        Breakers.Pass lost = pass(breakers.enter(mail("a")));
        held(mail("a"));

        time.pass(Duration.ofMinutes(3));
        Breakers.Pass next = pass(breakers.enter(mail("a")));
        lost.failed(RESET);
        next.failed(Failure.of(FailureCategory.THROTTLED, "429"));

        pass(breakers.enter(mail("a"))).succeeded();
    }

    @Test
    void remembersABoundedNumberOfScopesAndKeepsOpenOnesLongest() {
        Breakers few = breakers(10);
        for (int i = 0; i < 4; i++) {
            pass(few.enter(mail("open"))).failed(RESET);
        }
        for (int i = 0; i < 1000; i++) {
            pass(few.enter(mail("tenant " + i))).failed(RESET);
        }

        assertThat(few.scopeCount()).isEqualTo(11);
        assertThat(few.enter(mail("open"))).isInstanceOf(Breakers.Held.class);
    }

    @Test
    void announcesAnOpenBreakerThatHadToBeForgottenAsClosed() {
        Breakers one = breakers(1);
        for (String tenant : List.of("a", "b")) {
            for (int i = 0; i < 4; i++) {
                pass(one.enter(mail(tenant))).failed(RESET);
            }
        }

        assertThat(heard).extracting(BreakerEvent::state).contains(BreakerEvent.State.CLOSED);
        assertThat(one.scopeCount()).isEqualTo(1);
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        Breakers.Builder builder = Breakers.builder(time, SteppedTime.seeded(1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.opensAt(9, 8))
                .withMessageContaining("9");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.opensAt(1, 65))
                .withMessageContaining("65");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.openFor(Duration.ofMinutes(2), Duration.ofMinutes(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.probes(0));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.maxScopes(0));
    }
}
