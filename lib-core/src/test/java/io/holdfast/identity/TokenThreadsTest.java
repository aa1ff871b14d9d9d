// SPDX-License-Identifier: Apache-2.0
package io.holdfast.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.pacing.Scope;
import io.holdfast.runtime.SteppedTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Token sources among real threads. */
final class TokenThreadsTest {
    private static final Scope APPLICATION = SimulatedIdentity.application("a");

    private final SteppedTime time = new SteppedTime();
    private final AtomicInteger asked = new AtomicInteger();

    private TokenSource source(Executor background) {
        Credential credential = Credential.secret("first".toCharArray(), Optional.empty());
        return TokenSources.builder(time, SteppedTime.seeded(1), background)
                .build()
                .of(
                        APPLICATION,
                        () -> credential,
                        request -> new TokenAnswer.Granted(
                                "token " + asked.incrementAndGet(), Duration.ofHours(1), Optional.empty()));
    }

    @Test
    void manyThreadsThatNeedATokenAtOnceSendOneRequest() throws Exception {
        CyclicBarrier start = new CyclicBarrier(16);
        TokenSource shared = source(Runnable::run);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<String>> all = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                all.add(threads.submit(() -> {
                    start.await();
                    return shared.token("graph").value();
                }));
            }
            for (Future<String> each : all) {
                assertThat(each.get()).isEqualTo("token 1");
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void whoNeedsATokenDoesNotWaitForABackgroundThatIsBusy() {
        CountDownLatch never = new CountDownLatch(1);
        ExecutorService one = Executors.newSingleThreadExecutor();
        try {
            one.execute(() -> {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            TokenSource busy = source(one);
            String first = busy.token("graph").value();
            time.pass(Duration.ofMinutes(58));
            assertThat(busy.token("graph").value()).isEqualTo(first);
            time.pass(Duration.ofMinutes(5));

            assertThat(busy.token("graph").value()).isEqualTo("token 2");
        } finally {
            one.shutdownNow();
        }
    }

    @Test
    void goesOnWithTheOldTokenWhereTheBackgroundTakesNothingMore() {
        TokenSource closing = source(task -> {
            throw new RejectedExecutionException("closed");
        });
        String first = closing.token("graph").value();
        time.pass(Duration.ofMinutes(58));

        assertThat(closing.token("graph").value()).isEqualTo(first);
        time.pass(Duration.ofMinutes(5));
        assertThat(closing.token("graph").value()).isEqualTo("token 2");
    }
}
