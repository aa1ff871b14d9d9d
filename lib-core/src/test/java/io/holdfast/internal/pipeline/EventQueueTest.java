// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.observe.SessionEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EventQueueTest {
    /** As many as may wait, and the one that the listener has in hand. */
    private static final int MOST = 1024 + 1;

    private final List<SessionEvent> heard = Collections.synchronizedList(new ArrayList<>());
    private final List<Runnable> handedOver = new ArrayList<>();
    private final Executor later = handedOver::add;

    private static SessionEvent progress(long items) {
        return new SessionEvent.Progress(items, 0, 0, Duration.ZERO);
    }

    private static SessionEvent state(long number) {
        return new SessionEvent.Checkpointed(number);
    }

    private static List<SessionEvent> states(long count) {
        return LongStream.range(0, count).mapToObj(EventQueueTest::state).toList();
    }

    private void listen() {
        List<Runnable> now = List.copyOf(handedOver);
        handedOver.clear();
        now.forEach(Runnable::run);
    }

    private static Thread start(Runnable work) {
        Thread thread = new Thread(work, "event-queue-test");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    void mergesProgressIntoTheNewestWhileNobodyListens() {
        EventQueue queue = new EventQueue(heard::add, later);

        LongStream.range(0, 5000).forEach(i -> queue.tell(progress(i)));
        listen();

        assertThat(heard).containsExactly(progress(4999));
    }

    @Test
    void tellsProgressBeforeTheChangeThatCameAfterIt() {
        EventQueue queue = new EventQueue(heard::add, later);

        queue.tell(progress(1));
        queue.tell(progress(2));
        queue.tell(state(1));
        queue.tell(progress(3));
        queue.tell(progress(4));
        listen();

        assertThat(heard).containsExactly(progress(2), state(1), progress(4));
    }

    @Test
    void asksForOneThreadAtATime() {
        EventQueue queue = new EventQueue(heard::add, later);

        IntStream.range(0, 100).forEach(i -> queue.tell(state(i)));
        assertThat(handedOver).hasSize(1);
        listen();
        queue.tell(state(100));

        assertThat(handedOver).hasSize(1);
        listen();
        assertThat(heard).isEqualTo(states(101));
    }

    /** A listener that hangs at its first event until it is let go. */
    private final class Slow {
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch go = new CountDownLatch(1);
        final EventQueue queue = new EventQueue(this::hear, EventQueueTest::start);

        private void hear(SessionEvent event) {
            begun.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            heard.add(event);
        }
    }

    @Test
    void letsWhoTellsWaitForASlowListenerAndDropsNoChange() throws InterruptedException {
        Slow slow = new Slow();
        slow.queue.tell(state(0));
        slow.begun.await();
        AtomicInteger told = new AtomicInteger(1);
        Thread teller = start(() -> {
            for (int i = 1; i < 3 * MOST; i++) {
                slow.queue.tell(state(i));
                told.incrementAndGet();
            }
        });

        awaitWaiting(teller);
        assertThat(told).as("events that were taken while nobody listened").hasValue(MOST);
        slow.go.countDown();
        teller.join();
        slow.queue.await();

        assertThat(heard).isEqualTo(states(3L * MOST));
    }

    @Test
    void neverLetsProgressWait() throws InterruptedException {
        Slow slow = new Slow();
        slow.queue.tell(state(0));
        slow.begun.await();
        IntStream.range(1, MOST).forEach(i -> slow.queue.tell(state(i)));

        LongStream.range(0, 5000).forEach(i -> slow.queue.tell(progress(i)));
        slow.go.countDown();
        slow.queue.await();

        assertThat(heard).hasSize(MOST + 1).endsWith(progress(4999));
        assertThat(heard.subList(0, MOST)).isEqualTo(states(MOST));
    }

    @Test
    void waitsForTheListenerToTheEndAlsoWhenItIsInterrupted() throws InterruptedException {
        Slow slow = new Slow();
        slow.queue.tell(state(0));
        slow.begun.await();
        List<Boolean> interrupted = new ArrayList<>();
        Thread waiter = start(() -> {
            slow.queue.await();
            interrupted.add(Thread.currentThread().isInterrupted());
        });

        awaitWaiting(waiter);
        waiter.interrupt();
        slow.queue.tell(state(1));
        slow.go.countDown();
        waiter.join();

        assertThat(heard).isEqualTo(states(2));
        assertThat(interrupted).containsExactly(true);
    }

    @Test
    void aListenerThatThrowsHearsTheRest() {
        EventQueue queue = new EventQueue(
                event -> {
                    heard.add(event);
                    if (heard.size() % 2 == 0) {
                        throw new NoClassDefFoundError("a host that was built badly");
                    }
                    throw new IllegalStateException("a host that is broken");
                },
                Runnable::run);

        IntStream.range(0, 10).forEach(i -> queue.tell(state(i)));
        queue.await();

        assertThat(heard).isEqualTo(states(10));
    }

    @Test
    void aListenerThatTellsEventsItselfDoesNotWaitForItself() {
        EventQueue[] queue = new EventQueue[1];
        queue[0] = new EventQueue(
                event -> {
                    heard.add(event);
                    if (heard.size() == 1) {
                        IntStream.range(1, 3 * MOST).forEach(i -> queue[0].tell(state(i)));
                        queue[0].await();
                    }
                },
                later);

        queue[0].tell(state(0));
        listen();

        assertThat(heard).isEqualTo(states(3L * MOST));
    }

    @Test
    void nobodyWaitsForAThreadThatIsNotToBeHad() {
        EventQueue queue = new EventQueue(heard::add, task -> {
            throw new RejectedExecutionException("shut down");
        });

        assertThatThrownBy(() -> queue.tell(state(0))).hasMessage("shut down");
        queue.await();

        assertThat(heard).isEmpty();
    }
}
