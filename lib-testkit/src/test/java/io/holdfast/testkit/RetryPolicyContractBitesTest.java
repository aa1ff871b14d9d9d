// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.RetryPolicy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs the kit on policies that break a promise each, and sees which rule finds it. */
final class RetryPolicyContractBitesTest {
    private static final RetryPolicy SOUND = RetryPolicy.defaults();

    static Map<String, Supplier<RetryPolicy>> policies() {
        Map<String, Supplier<RetryPolicy>> all = new LinkedHashMap<>();
        all.put(KitRun.SOUND, () -> SOUND);
        all.put("never tries again", RetryPolicy::never);
        all.put("never ends", () -> (failure, progress) -> new RetryPolicy.RetryAfter(Duration.ofSeconds(1)));
        all.put("counts for itself", () -> {
            AtomicInteger count = new AtomicInteger();
            return (failure, progress) -> count.incrementAndGet() > 6
                    ? new RetryPolicy.GiveUp("six attempts failed")
                    : new RetryPolicy.RetryAfter(Duration.ofSeconds(count.get()));
        });
        all.put("comes back early", () -> (failure, progress) -> {
            RetryPolicy.Decision decision = SOUND.decide(failure, progress);
            return failure.retryAfter().isPresent() ? new RetryPolicy.RetryAfter(Duration.ZERO) : decision;
        });
        all.put(
                "counts no attempts",
                () -> (failure, progress) ->
                        SOUND.decide(failure, new RetryPolicy.Progress(1, progress.elapsed(), progress.random())));
        all.put(
                "looks at no clock",
                () -> (failure, progress) -> SOUND.decide(
                        failure, new RetryPolicy.Progress(progress.attempt(), Duration.ZERO, progress.random())));
        all.put(
                "repeats what cannot heal",
                () -> (failure, progress) ->
                        SOUND.decide(Failure.of(FailureCategory.TRANSIENT, failure.code()), progress));
        all.put(
                "gives no reason",
                () -> (failure, progress) -> SOUND.decide(failure, progress) instanceof RetryPolicy.GiveUp
                        ? new RetryPolicy.GiveUp(" ")
                        : SOUND.decide(failure, progress));
        all.put(
                "waits longer than its time",
                () -> (failure, progress) -> SOUND.decide(failure, progress) instanceof RetryPolicy.RetryAfter
                        ? new RetryPolicy.RetryAfter(Duration.ofHours(1))
                        : SOUND.decide(failure, progress));
        all.put("stops at large numbers", () -> (failure, progress) -> {
            if (progress.attempt() > 1_000_000 || progress.elapsed().toDays() > 1_000) {
                throw new ArithmeticException("overflow");
            }
            return SOUND.decide(failure, progress);
        });
        return all;
    }

    /** The kit on the policy that the run names. */
    @ExtendWith(ObjectStoreContractBitesTest.Subject.class)
    static final class Kit extends RetryPolicyContract {
        private final Supplier<RetryPolicy> policy;

        Kit(String subject) {
            this.policy = policies().get(subject);
        }

        @Override
        protected RetryPolicy createPolicy() {
            return policy.get();
        }

        @Override
        protected int mostAttempts() {
            return 6;
        }

        @Override
        protected Duration longestTime() {
            return Duration.ofMinutes(10);
        }
    }

    @Test
    void findsEveryBreakageAndEveryRuleFindsOne() {
        Set<String> breakages = new TreeSet<>(policies().keySet());
        breakages.remove(KitRun.SOUND);
        KitRun.assertBites(Kit.class, breakages);
    }
}
