// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.RetryPolicy;
import io.holdfast.retry.RetryPolicy.Decision;
import io.holdfast.retry.RetryPolicy.GiveUp;
import io.holdfast.retry.RetryPolicy.Progress;
import io.holdfast.retry.RetryPolicy.RetryAfter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What every {@link RetryPolicy} must do that repeats anything at all; a test of a policy extends this with a factory.
 *
 * <p>The policy must have a limit on attempts and one on time: a policy without end keeps a session alive for ever.
 */
@DisplayName("A retry policy")
public abstract class RetryPolicyContract {
    private static final double ALMOST_ONE = Math.nextDown(1.0);

    private RetryPolicy policy;

    /** For subclasses. */
    @SuppressWarnings("NullAway.Init")
    protected RetryPolicyContract() {}

    /**
     * The policy under test.
     *
     * @return the policy
     */
    protected abstract RetryPolicy createPolicy();

    /**
     * How many attempts the policy allows at most.
     *
     * @return at least 2
     */
    protected abstract int mostAttempts();

    /**
     * For how long the policy allows further attempts at most.
     *
     * @return more than zero
     */
    protected abstract Duration longestTime();

    @BeforeEach
    final void create() {
        policy = createPolicy();
    }

    private Decision decide(FailureCategory category, Optional<Duration> asked, Progress progress) {
        return policy.decide(new Failure(category, "503", asked), progress);
    }

    private static List<FailureCategory> categories(boolean worthRepeating) {
        return Arrays.stream(FailureCategory.values())
                .filter(each -> each.isWorthRepeating() == worthRepeating)
                .toList();
    }

    private List<Progress> progresses() {
        List<Progress> all = new ArrayList<>();
        for (int attempt = 1; attempt <= mostAttempts() + 1; attempt++) {
            for (double random : new double[] {0, 0.5, ALMOST_ONE}) {
                all.add(new Progress(attempt, Duration.ZERO, random));
                all.add(new Progress(attempt, longestTime().dividedBy(2), random));
                all.add(new Progress(attempt, longestTime().plusSeconds(1), random));
            }
        }
        return all;
    }

    @Test
    final void triesAgainAfterTheFirstPassingFailure() {
        assertThat(decide(FailureCategory.TRANSIENT, Optional.empty(), new Progress(1, Duration.ZERO, 0.5)))
                .isInstanceOf(RetryAfter.class);
        assertThat(decide(FailureCategory.THROTTLED, Optional.empty(), new Progress(1, Duration.ZERO, 0.5)))
                .isInstanceOf(RetryAfter.class);
    }

    @Test
    final void decidesTheSameForTheSameArguments() {
        for (FailureCategory category : FailureCategory.values()) {
            for (Progress progress : progresses()) {
                Decision first = decide(category, Optional.empty(), progress);
                assertThat(decide(category, Optional.empty(), progress)).isEqualTo(first);
            }
        }
    }

    @Test
    final void decidesTheSameAsAnEqualPolicyWithAnotherPast() {
        progresses().forEach(progress -> decide(FailureCategory.TRANSIENT, Optional.empty(), progress));
        RetryPolicy fresh = createPolicy();

        for (Progress progress : progresses()) {
            Failure failure = Failure.of(FailureCategory.TRANSIENT, "503");
            assertThat(policy.decide(failure, progress)).isEqualTo(fresh.decide(failure, progress));
        }
    }

    @Test
    final void decidesTheSameForManyThreads() throws Exception {
        Failure failure = Failure.of(FailureCategory.TRANSIENT, "503");
        List<Decision> alone =
                progresses().stream().map(each -> policy.decide(failure, each)).toList();

        List<List<Decision>> together = StoreRules.together(
                4,
                i -> () -> progresses().stream()
                        .map(each -> policy.decide(failure, each))
                        .toList());

        assertThat(together).containsOnly(alone);
    }

    @Test
    final void waitsAtLeastAsLongAsItWasAsked() {
        for (Duration asked : List.of(
                Duration.ofMillis(1), Duration.ofSeconds(7), longestTime().dividedBy(2))) {
            for (double random : new double[] {0, 0.25, ALMOST_ONE}) {
                Decision decision =
                        decide(FailureCategory.THROTTLED, Optional.of(asked), new Progress(1, Duration.ZERO, random));
                if (decision instanceof RetryAfter retry) {
                    assertThat(retry.delay()).isGreaterThanOrEqualTo(asked);
                }
            }
        }
    }

    @Test
    final void givesUpRatherThanComeBackTooEarly() {
        Decision decision = decide(
                FailureCategory.THROTTLED, Optional.of(longestTime().plusDays(1)), new Progress(1, Duration.ZERO, 0.5));

        assertThat(decision).isInstanceOf(GiveUp.class);
    }

    @Test
    final void neverRepeatsWhatNoRepetitionHeals() {
        assertThat(categories(false))
                .allSatisfy(category -> assertThat(
                                decide(category, Optional.empty(), new Progress(1, Duration.ZERO, 0.5)))
                        .isInstanceOf(GiveUp.class));
    }

    @Test
    final void givesUpAfterTheMostAttempts() {
        assertThat(categories(true)).allSatisfy(category -> {
            assertThat(decide(category, Optional.empty(), new Progress(mostAttempts(), Duration.ZERO, 0)))
                    .isInstanceOf(GiveUp.class);
            assertThat(decide(category, Optional.empty(), new Progress(Integer.MAX_VALUE, Duration.ZERO, 0)))
                    .isInstanceOf(GiveUp.class);
        });
    }

    @Test
    final void givesUpAfterTheLongestTime() {
        assertThat(categories(true)).allSatisfy(category -> {
            assertThat(decide(
                            category,
                            Optional.empty(),
                            new Progress(1, longestTime().plusSeconds(1), 0)))
                    .isInstanceOf(GiveUp.class);
            assertThat(decide(category, Optional.empty(), new Progress(1, Duration.ofDays(36_500), ALMOST_ONE)))
                    .isInstanceOf(GiveUp.class);
        });
    }

    @Test
    final void staysWithinItsTimeWithItsOwnWaits() {
        for (Progress progress : progresses()) {
            if (decide(FailureCategory.TRANSIENT, Optional.empty(), progress) instanceof RetryAfter retry) {
                assertThat(progress.elapsed().plus(retry.delay())).isLessThanOrEqualTo(longestTime());
            }
        }
    }

    @Test
    final void saysWhyItGivesUp() {
        for (FailureCategory category : FailureCategory.values()) {
            for (Progress progress : progresses()) {
                if (decide(category, Optional.empty(), progress) instanceof GiveUp giveUp) {
                    assertThat(giveUp.reason()).isNotBlank();
                }
            }
        }
    }
}
