// SPDX-License-Identifier: Apache-2.0
package io.holdfast.failsafe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.failsafe.RetryPolicyBuilder;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.retry.Retrier;
import io.holdfast.retry.RetryPolicy;
import io.holdfast.testkit.RetryPolicyContract;
import io.holdfast.testkit.SeededRandomness;
import io.holdfast.testkit.SimTime;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class FailsafePoliciesTest {
    private final RetryPolicyBuilder<Object> failsafe = dev.failsafe.RetryPolicy.builder();

    private RetryPolicy.Decision decide(Failure failure, int attempt, Duration elapsed, double random) {
        return FailsafePolicies.adapt(failsafe.build().getConfig())
                .decide(failure, new RetryPolicy.Progress(attempt, elapsed, random));
    }

    private Duration delay(int attempt, double random) {
        return delay(Failure.of(FailureCategory.TRANSIENT, "503"), attempt, random);
    }

    private Duration delay(Failure failure, int attempt, double random) {
        RetryPolicy.Decision decision = decide(failure, attempt, Duration.ZERO, random);
        assertThat(decision).isInstanceOf(RetryPolicy.RetryAfter.class);
        return ((RetryPolicy.RetryAfter) decision).delay();
    }

    private static Failure throttled(Duration asked) {
        return new Failure(FailureCategory.THROTTLED, "429", Optional.of(asked));
    }

    @Test
    void takesAFixedDelay() {
        failsafe.withDelay(Duration.ofSeconds(3));

        assertThat(delay(1, 0.9)).isEqualTo(Duration.ofSeconds(3));
        assertThat(delay(2, 0.1)).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void takesARandomDelay() {
        failsafe.withDelay(Duration.ofSeconds(2), Duration.ofSeconds(6));

        assertThat(delay(1, 0)).isEqualTo(Duration.ofSeconds(2));
        assertThat(delay(1, 0.5)).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void backsOff() {
        failsafe.withMaxRetries(90).withBackoff(Duration.ofSeconds(1), Duration.ofSeconds(20), 3);

        assertThat(delay(1, 0)).isEqualTo(Duration.ofSeconds(1));
        assertThat(delay(2, 0)).isEqualTo(Duration.ofSeconds(3));
        assertThat(delay(3, 0)).isEqualTo(Duration.ofSeconds(9));
        assertThat(delay(4, 0)).isEqualTo(Duration.ofSeconds(20));
        assertThat(delay(80, 0)).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void addsAndTakesAwayJitter() {
        failsafe.withDelay(Duration.ofSeconds(10)).withJitter(Duration.ofSeconds(2));

        assertThat(delay(1, 0)).isEqualTo(Duration.ofSeconds(8));
        assertThat(delay(1, 0.5)).isEqualTo(Duration.ofSeconds(10));
        assertThat(delay(1, 0.75)).isEqualTo(Duration.ofSeconds(11));
    }

    @Test
    void jittersByAFactor() {
        failsafe.withDelay(Duration.ofSeconds(10)).withJitter(0.5);

        assertThat(delay(1, 0)).isEqualTo(Duration.ofSeconds(5));
        assertThat(delay(1, 0.75)).isEqualTo(Duration.ofMillis(12_500));
    }

    @Test
    void neverShortensWhatTheOtherSideAskedFor() {
        failsafe.withDelay(Duration.ofSeconds(10)).withJitter(0.5);

        assertThat(delay(throttled(Duration.ofSeconds(30)), 1, 0)).isEqualTo(Duration.ofSeconds(30));
        assertThat(delay(throttled(Duration.ofSeconds(1)), 1, 0)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void asksADelayFunction() {
        failsafe.withDelayFnOn(context -> Duration.ofSeconds(context.getAttemptCount() * 7L), FailureException.class);

        assertThat(delay(2, 0)).isEqualTo(Duration.ofSeconds(14));
    }

    @Test
    void fallsBackWhenADelayFunctionFailsOrIsForAnotherError() {
        failsafe.withDelay(Duration.ofSeconds(3)).withDelayFn(context -> {
            throw new IllegalStateException("broken");
        });
        assertThat(delay(1, 0)).isEqualTo(Duration.ofSeconds(3));

        failsafe.withDelayFnOn(context -> Duration.ofSeconds(99), InterruptedException.class);
        assertThat(delay(1, 0)).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void handlesWhatTheConditionsName() {
        failsafe.handleIf(error ->
                error instanceof FailureException carrier && carrier.failure().category() == FailureCategory.THROTTLED);

        assertThat(decide(Failure.of(FailureCategory.TRANSIENT, "503"), 1, Duration.ZERO, 0))
                .isInstanceOf(RetryPolicy.GiveUp.class);
        assertThat(decide(Failure.of(FailureCategory.THROTTLED, "429"), 1, Duration.ZERO, 0))
                .isInstanceOf(RetryPolicy.RetryAfter.class);
    }

    @Test
    void abortsOnWhatTheConditionsName() {
        failsafe.abortIf((result, error) -> error instanceof FailureException carrier
                && carrier.failure().code().equals("quotaExceeded"));

        assertThat(decide(Failure.of(FailureCategory.THROTTLED, "quotaExceeded"), 1, Duration.ZERO, 0))
                .isInstanceOf(RetryPolicy.GiveUp.class);
        assertThat(decide(Failure.of(FailureCategory.THROTTLED, "429"), 1, Duration.ZERO, 0))
                .isInstanceOf(RetryPolicy.RetryAfter.class);
    }

    @Test
    void cutsItsOwnWaitToTheTimeThatIsLeft() {
        failsafe.withDelay(Duration.ofSeconds(10)).withMaxDuration(Duration.ofSeconds(60));

        assertThat(decide(Failure.of(FailureCategory.TRANSIENT, "503"), 1, Duration.ofSeconds(56), 0))
                .isEqualTo(new RetryPolicy.RetryAfter(Duration.ofSeconds(4)));
        assertThat(decide(throttled(Duration.ofSeconds(5)), 1, Duration.ofSeconds(56), 0))
                .isInstanceOf(RetryPolicy.GiveUp.class);
    }

    @Test
    void runsOnOurTimeAndNotOnFailsafes() {
        SimTime time = SimTime.create();
        failsafe.withMaxRetries(3).withDelay(Duration.ofHours(1));
        Retrier retrier =
                new Retrier(FailsafePolicies.adapt(failsafe.build().getConfig()), time, new SeededRandomness(1));
        AtomicInteger attempts = new AtomicInteger();

        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> retrier.call(() -> {
                    attempts.incrementAndGet();
                    throw new FailureException(Failure.of(FailureCategory.CONNECT, ""), "refused", null);
                }));

        assertThat(attempts).hasValue(4);
        assertThat(time.slept()).isEqualTo(Duration.ofHours(3));
    }

    @Nested
    final class AdaptedPolicy extends RetryPolicyContract {
        @Override
        protected RetryPolicy createPolicy() {
            return FailsafePolicies.adapt(dev.failsafe.RetryPolicy.builder()
                    .withMaxRetries(4)
                    .withMaxDuration(Duration.ofMinutes(5))
                    .withBackoff(Duration.ofSeconds(1), Duration.ofMinutes(1))
                    .withJitter(0.25)
                    .build()
                    .getConfig());
        }

        @Override
        protected int mostAttempts() {
            return 5;
        }

        @Override
        protected Duration longestTime() {
            return Duration.ofMinutes(5);
        }
    }
}
