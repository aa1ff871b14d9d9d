// SPDX-License-Identifier: Apache-2.0
package io.holdfast.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.StoreException;
import io.holdfast.runtime.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RetrierTest {
    private final List<Duration> slept = new ArrayList<>();
    private final List<RetryPolicy.Progress> asked = new ArrayList<>();

    private final TimeSource time = new TimeSource() {
        private long nanos;

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public void sleep(Duration time) throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            slept.add(time);
            nanos += time.toNanos();
        }
    };

    private final Retrier retrier = new Retrier(
            (failure, progress) -> {
                asked.add(progress);
                return progress.attempt() < 4
                        ? new RetryPolicy.RetryAfter(failure.retryAfter().orElse(Duration.ofSeconds(1)))
                        : new RetryPolicy.GiveUp("four failed");
            },
            time,
            bytes -> bytes[0] = (byte) 0x80);

    private static StoreException error(ErrorCode code) {
        return new StoreException(code, "failed", "Try again");
    }

    private <T> T failing(int times, RuntimeException error, T result) {
        int[] left = {times};
        return retrier.call(() -> {
            if (left[0]-- > 0) {
                throw error;
            }
            return result;
        });
    }

    @Test
    void returnsWhatTheAttemptThatSucceededReturned() {
        assertThat(failing(3, error(ErrorCode.STORE_UNAVAILABLE), "done")).isEqualTo("done");
        assertThat(slept).hasSize(3);
    }

    @Test
    void tellsThePolicyHowFarItIs() {
        failing(2, error(ErrorCode.STORE_UNAVAILABLE), "done");

        assertThat(asked)
                .containsExactly(
                        new RetryPolicy.Progress(1, Duration.ZERO, 0.5),
                        new RetryPolicy.Progress(2, Duration.ofSeconds(1), 0.5));
    }

    @Test
    void throwsTheLastErrorWhenThePolicyGivesUp() {
        StoreException error = error(ErrorCode.STORE_UNAVAILABLE);

        assertThatThrownBy(() -> failing(9, error, "never")).isSameAs(error);
        assertThat(slept).hasSize(3);
    }

    @Test
    void asksNobodyAboutAPermanentError() {
        assertThatThrownBy(() -> failing(1, error(ErrorCode.STORE_FULL), "never"))
                .isInstanceOf(StoreException.class);
        assertThat(asked).isEmpty();
    }

    @Test
    void waitsAsLongAsTheFailureAsks() {
        Failure failure = new Failure(FailureCategory.THROTTLED, "429", Optional.of(Duration.ofSeconds(77)));

        failing(1, new FailureException(failure, "slow down", null), "done");

        assertThat(slept).containsExactly(Duration.ofSeconds(77));
    }

    @Test
    void letsOtherErrorsThrough() {
        assertThatThrownBy(() -> failing(1, new IllegalStateException("bug"), "never"))
                .isInstanceOf(IllegalStateException.class);
        assertThat(asked).isEmpty();
    }

    @Test
    void endsWithTheLastErrorWhenItIsInterrupted() {
        StoreException error = error(ErrorCode.STORE_UNAVAILABLE);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> failing(1, error, "never")).isSameAs(error);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void namesTheCategoryOfAStoresError() {
        assertThat(Retrier.failureOf(error(ErrorCode.STORE_UNAVAILABLE))
                        .orElseThrow()
                        .category())
                .isEqualTo(FailureCategory.TRANSIENT);
        assertThat(Retrier.failureOf(error(ErrorCode.STORE_OUTCOME_UNKNOWN)).orElseThrow())
                .isEqualTo(Failure.of(FailureCategory.UNKNOWN, "STORE-008"));
        assertThat(Retrier.failureOf(error(ErrorCode.STORE_PERMISSION))).isEmpty();
    }
}
