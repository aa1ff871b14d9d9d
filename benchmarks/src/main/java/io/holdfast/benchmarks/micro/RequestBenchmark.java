// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.micro;

import io.holdfast.drift.DriftWatch;
import io.holdfast.health.HealthBoard;
import io.holdfast.health.RequestFate;
import io.holdfast.pacing.Admission;
import io.holdfast.pacing.Answer;
import io.holdfast.pacing.Cost;
import io.holdfast.pacing.Limit;
import io.holdfast.pacing.Meter;
import io.holdfast.pacing.PacedRequest;
import io.holdfast.pacing.Pacer;
import io.holdfast.pacing.PacingProfile;
import io.holdfast.pacing.Permit;
import io.holdfast.pacing.Priority;
import io.holdfast.pacing.ScopeLevel;
import io.holdfast.quiet.QuietWindows;
import io.holdfast.retry.Breakers;
import io.holdfast.runtime.Randomness;
import io.holdfast.runtime.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one request costs besides being sent: the score is microseconds of one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RequestBenchmark {
    private static final int RESOURCES = 1000;

    private final TimeSource time = TimeSource.system();
    private final Randomness randomness = Randomness.secure();
    /** Limits that count every request at three levels, and are too wide to make one wait. */
    private static final PacingProfile LIMITS = PacingProfile.builder()
            .limit(ScopeLevel.TENANT, new Limit.Rate(Meter.REQUESTS, 1L << 50, Duration.ofMinutes(10)))
            .limit("mail", ScopeLevel.POOL, new Limit.Rate(Meter.UNITS, 1L << 50, Duration.ofMinutes(1)))
            .limit("mail", ScopeLevel.RESOURCE, new Limit.Rate(Meter.REQUESTS, 1L << 50, Duration.ofMinutes(10)))
            .limit("mail", ScopeLevel.RESOURCE, new Limit.Slots(4))
            .build();

    private final Pacer pacer = Pacer.builder(time, randomness).profile(LIMITS).build();
    private final Breakers breakers = Breakers.builder(time, randomness).build();
    private final HealthBoard health = HealthBoard.builder(time).build();
    private final DriftWatch drift = DriftWatch.builder(time).build();
    private final QuietWindows quiet = QuietWindows.empty(ZoneOffset.UTC);
    private final io.holdfast.pacing.Scope[] scopes = new io.holdfast.pacing.Scope[RESOURCES];
    private int next;

    /** Fifty tenants with twenty mailboxes each. */
    public RequestBenchmark() {
        for (int i = 0; i < RESOURCES; i++) {
            scopes[i] = io.holdfast.pacing.Scope.provider("provider")
                    .within(ScopeLevel.CLOUD, "cloud")
                    .within(ScopeLevel.TENANT, "tenant " + i % 50)
                    .within(ScopeLevel.APPLICATION, "application")
                    .within(ScopeLevel.POOL, "mail")
                    .within(ScopeLevel.RESOURCE, "mailbox " + i);
        }
    }

    private io.holdfast.pacing.Scope scope() {
        next = (next + 1) % RESOURCES;
        return scopes[next];
    }

    /** Admission and answer, with nothing to wait for. */
    @Benchmark
    public int pacing() throws InterruptedException {
        return pace(scope());
    }

    /** Breaker, health, quiet windows and drift of one answer. */
    @Benchmark
    public int telling() {
        return tell(scope());
    }

    /** Both, as a connector does it. */
    @Benchmark
    public int pacingAndTelling() throws InterruptedException {
        io.holdfast.pacing.Scope scope = scope();
        return pace(scope) + tell(scope);
    }

    private int pace(io.holdfast.pacing.Scope scope) throws InterruptedException {
        PacedRequest request = new PacedRequest(scope, "mail.list", Cost.request(1), Priority.BACKUP);
        Admission admission = pacer.admit(request, Duration.ZERO);
        try (Permit permit = ((Admission.Admitted) admission).permit()) {
            permit.answered(new Answer.Served(request.cost(), Optional.empty()));
        }
        return 1;
    }

    private int tell(io.holdfast.pacing.Scope scope) {
        try (Breakers.Pass pass = (Breakers.Pass) breakers.enter(scope)) {
            pass.succeeded();
        }
        health.request(scope, RequestFate.SERVED);
        Instant now = time.now();
        quiet.answered("mail", "mail.list", now, false, Duration.ofMillis(100));
        drift.code("mail.list", "200");
        return 1;
    }
}
