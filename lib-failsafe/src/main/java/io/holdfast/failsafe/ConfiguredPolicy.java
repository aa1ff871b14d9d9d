// SPDX-License-Identifier: Apache-2.0
package io.holdfast.failsafe;

import dev.failsafe.RetryPolicyConfig;
import dev.failsafe.function.CheckedBiPredicate;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureException;
import io.holdfast.retry.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The decisions that a Failsafe configuration amounts to, without Failsafe's loop. */
final class ConfiguredPolicy<R> implements RetryPolicy {
    /** Longer waits only overflow; no session lives that long. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final RetryPolicyConfig<R> config;

    ConfiguredPolicy(RetryPolicyConfig<R> config) {
        this.config = Objects.requireNonNull(config, "config");
    }

    @Override
    public Decision decide(Failure failure, Progress progress) {
        if (!failure.category().isWorthRepeating()) {
            return new GiveUp(failure.category() + " is final");
        }
        FailureException error = new FailureException(failure, failure.category() + " " + failure.code(), null);
        if (!isHandled(error)) {
            return new GiveUp(failure.category() + " is not handled by the Failsafe policy");
        }
        if (anyHolds(config.getAbortConditions(), error)) {
            return new GiveUp(failure.category() + " aborts by the Failsafe policy");
        }
        if (config.getMaxRetries() >= 0 && progress.attempt() > config.getMaxRetries()) {
            return new GiveUp("all " + progress.attempt() + " attempts failed");
        }
        return within(progress, failure.retryAfter().orElse(Duration.ZERO), delay(error, progress));
    }

    /** A policy whose conditions look at results only handles every error, as in Failsafe. */
    private boolean isHandled(FailureException error) {
        return !config.isExceptionsChecked() || anyHolds(config.getFailureConditions(), error);
    }

    private static <R> boolean anyHolds(List<CheckedBiPredicate<R, Throwable>> conditions, FailureException error) {
        for (CheckedBiPredicate<R, Throwable> each : conditions) {
            if (holds(each, error)) {
                return true;
            }
        }
        return false;
    }

    @SuppressWarnings("NullAway") // a failed attempt has no result, which Failsafe expresses by null
    private static <R> boolean holds(CheckedBiPredicate<R, Throwable> condition, FailureException error) {
        try {
            return condition.test(null, error);
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            return false;
        }
    }

    private Decision within(Progress progress, Duration asked, Duration own) {
        Duration delay = asked.compareTo(own) > 0 ? asked : own;
        @Nullable Duration limit = config.getMaxDuration();
        if (limit == null) {
            return new RetryAfter(delay);
        }
        Duration left = limit.minus(progress.elapsed());
        if (left.isNegative() || left.isZero() || asked.compareTo(left) > 0) {
            return new GiveUp("no attempt fits into " + limit);
        }
        return new RetryAfter(delay.compareTo(left) > 0 ? left : delay);
    }

    private Duration delay(FailureException error, Progress progress) {
        Duration computed = computed(error, progress).orElseGet(() -> configured(progress));
        return jittered(computed.compareTo(LONGEST) > 0 ? LONGEST : computed, progress.random());
    }

    private Optional<Duration> computed(FailureException error, Progress progress) {
        if (config.getDelayFn() == null
                || config.getDelayException() != null
                        && !config.getDelayException().isInstance(error)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(config.getDelayFn().get(new FailedAttempt<>(error, progress)))
                    .filter(delay -> !delay.isNegative());
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            return Optional.empty();
        }
    }

    private Duration configured(Progress progress) {
        if (config.getDelayMin() != null && config.getDelayMax() != null) {
            double span = seconds(config.getDelayMax().minus(config.getDelayMin()));
            return config.getDelayMin().plus(ofSeconds(span * progress.random()));
        }
        if (config.getMaxDelay() == null) {
            return config.getDelay();
        }
        double grown = seconds(config.getDelay()) * Math.pow(config.getDelayFactor(), progress.attempt() - 1.0);
        return ofSeconds(Math.min(grown, seconds(config.getMaxDelay())));
    }

    private Duration jittered(Duration delay, double random) {
        double offset = 0;
        if (config.getJitter() != null) {
            offset = (2 * random - 1) * seconds(config.getJitter());
        } else if (config.getJitterFactor() > 0) {
            offset = (2 * random - 1) * config.getJitterFactor() * seconds(delay);
        }
        return ofSeconds(Math.max(0, seconds(delay) + offset));
    }

    private static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / 1e9;
    }

    private static Duration ofSeconds(double seconds) {
        return Duration.ofNanos((long) (Math.min(seconds, LONGEST.getSeconds()) * 1e9));
    }
}
