// SPDX-License-Identifier: Apache-2.0
package io.holdfast.architecture.broken.ambient;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** One offence in each member. */
public final class Impatient {
    Instant readsTheClock() {
        return Instant.now();
    }

    Instant isGivenAClock(Clock clock) {
        return Instant.now(clock);
    }

    Clock takesTheSystemClock() {
        return Clock.systemUTC();
    }

    LongSupplier refersToTheMonotonicClock() {
        return System::nanoTime;
    }

    long readsMillis() {
        return System.currentTimeMillis();
    }

    void sleeps() throws InterruptedException {
        Thread.sleep(1);
    }

    double throwsDice() {
        return Math.random() + ThreadLocalRandom.current().nextDouble();
    }

    List<Random> makesGenerators() {
        return List.of(new Random(1), new SecureRandom());
    }

    Supplier<UUID> refersToRandomIds() {
        return UUID::randomUUID;
    }

    Supplier<Thread> startsThreads() {
        return Thread::new;
    }

    ExecutorService makesAnExecutor() {
        return Executors.newCachedThreadPool();
    }

    /** A thread of its own. */
    static final class Worker extends Thread {}
}
