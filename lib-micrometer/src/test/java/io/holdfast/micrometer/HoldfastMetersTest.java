// SPDX-License-Identifier: Apache-2.0
package io.holdfast.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.Holdfast;
import io.holdfast.diagnosis.Cause;
import io.holdfast.diagnosis.Diagnosis;
import io.holdfast.diagnosis.Layer;
import io.holdfast.drift.AnswerSchema;
import io.holdfast.drift.DriftWatch;
import io.holdfast.exchange.Exchanger;
import io.holdfast.exchange.HttpRequest;
import io.holdfast.exchange.ServiceDialect;
import io.holdfast.exchange.ServiceRequest;
import io.holdfast.health.Aspect;
import io.holdfast.health.HealthBoard;
import io.holdfast.identity.Credential;
import io.holdfast.identity.TokenAnswer;
import io.holdfast.identity.TokenSources;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ResourceId;
import io.holdfast.observe.SessionEvent;
import io.holdfast.observe.SessionListener;
import io.holdfast.pacing.Admission;
import io.holdfast.pacing.Answer;
import io.holdfast.pacing.Cost;
import io.holdfast.pacing.PacedRequest;
import io.holdfast.pacing.Pacer;
import io.holdfast.pacing.Permit;
import io.holdfast.pacing.Priority;
import io.holdfast.pacing.Scope;
import io.holdfast.pacing.ScopeLevel;
import io.holdfast.retry.Breakers;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.services.Services;
import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.http.SimulatedTransport;
import io.holdfast.source.Observations;
import io.holdfast.testkit.DirectExecutor;
import io.holdfast.testkit.SeededRandomness;
import io.holdfast.testkit.SimTime;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class HoldfastMetersTest {
    private final SimTime time = SimTime.create();
    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final HoldfastMeters meters = new HoldfastMeters(registry);

    private static Scope mailbox(String tenant) {
        return Scope.provider("m365")
                .within(ScopeLevel.TENANT, tenant)
                .within(ScopeLevel.POOL, "mail")
                .within(ScopeLevel.RESOURCE, "mailbox of " + tenant);
    }

    private double counter(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }

    private double gauge(String name, String... tags) {
        return registry.get(name).tags(tags).gauge().value();
    }

    private void send(Pacer pacer, String tenant, String operation, Answer answer) throws InterruptedException {
        PacedRequest request =
                new PacedRequest(mailbox(tenant), operation, new Cost(1, 2, 10, 1000, 1), Priority.BACKUP);
        Admission admission = pacer.admit(request, Duration.ZERO);
        try (Permit permit = ((Admission.Admitted) admission).permit()) {
            permit.answered(answer);
        }
    }

    @Test
    void countsWhatAPacerSpendsOverAllTenantsTogether() throws Exception {
        Pacer pacer = Pacer.builder(time, new SeededRandomness(1)).build();
        meters.watch(pacer);
        Answer served = new Answer.Served(new Cost(1, 2, 10, 1000, 1), Optional.empty());
        send(pacer, "a", "mail.list", served);
        send(pacer, "b", "mail.list", served);
        meters.update();
        send(pacer, "b", "mail.list", served);
        send(pacer, "b", "mail.list", new Answer.Throttled(ScopeLevel.RESOURCE, Optional.empty()));
        meters.update();
        meters.update();

        String[] tags = {"provider", "m365", "pool", "mail", "operation", "mail.list"};
        assertThat(counter("holdfast.requests", tags)).isEqualTo(4);
        assertThat(counter("holdfast.requests.throttled", tags)).isEqualTo(1);
        assertThat(counter("holdfast.requests.units", tags)).isEqualTo(8);
        assertThat(registry.get("holdfast.requests.transferred")
                        .tag("direction", "down")
                        .counter()
                        .count())
                .isEqualTo(4000);
    }

    @Test
    void showsBreakersThatAreNotClosedAndCountsTheirChanges() {
        Breakers breakers = Breakers.builder(time, new SeededRandomness(1))
                .opensAt(1, 1)
                .probes(1)
                .listener(meters::breaker)
                .build();
        ((Breakers.Pass) breakers.enter(mailbox("a"))).failed(Failure.of(FailureCategory.CONNECT, "refused"));
        ((Breakers.Pass) breakers.enter(mailbox("b"))).failed(Failure.of(FailureCategory.CONNECT, "refused"));
        assertThat(gauge("holdfast.breakers", "state", "open")).isEqualTo(2);

        time.advance(Duration.ofMinutes(1));
        ((Breakers.Pass) breakers.enter(mailbox("a"))).succeeded();

        assertThat(gauge("holdfast.breakers", "state", "open")).isEqualTo(1);
        assertThat(counter("holdfast.breaker.transitions", "pool", "mail", "state", "open"))
                .isEqualTo(2);
        assertThat(counter("holdfast.breaker.transitions", "pool", "mail", "state", "closed"))
                .isEqualTo(1);
    }

    @Test
    void hearsOfExchangesAndExaminationsAsTheListenerOfServices() {
        try (HoldfastRuntime runtime =
                Holdfast.runtime().time(time).workers(new DirectExecutor()).build()) {
            Services services = Services.builder(runtime).listener(meters).install();
            Cause cause = new Cause(Layer.TLS, "", "graph.example", "no cipher in common", "Compare");
            services.examinedBy(mailbox("a"), since -> new Diagnosis(time.now(), since, List.of(), List.of(cause)));
            Exchanger exchanger = services.exchanger(
                    new SimulatedTransport(
                            time,
                            Duration.ofMillis(40),
                            (request, received) ->
                                    received.path().equals("/ok") ? Reply.json(200, "{}") : Reply.of(500)),
                    ServiceDialect.plain(),
                    services.memory(mailbox("a"), ZoneOffset.UTC, AnswerSchema.none(), Observations.none()));
            PacedRequest paced =
                    new PacedRequest(mailbox("a"), "mail.list", new Cost(1, 2, 10, 1000, 1), Priority.BACKUP);
            exchanger
                    .send(ServiceRequest.of(paced, HttpRequest.get(URI.create("https://graph.example/ok"))))
                    .close();
            ServiceRequest failing = ServiceRequest.of(paced, HttpRequest.get(URI.create("https://graph.example/no")));
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(() -> exchanger.send(failing)).isInstanceOf(FailureException.class);
            }
        }

        String[] tags = {"provider", "m365", "pool", "mail", "operation", "mail.list"};
        Timer served = registry.get("holdfast.exchanges")
                .tags(tags)
                .tag("outcome", "served")
                .timer();
        assertThat(served.count()).isEqualTo(1);
        assertThat(served.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(40);
        assertThat(registry.get("holdfast.exchanges")
                        .tags(tags)
                        .tag("outcome", "transient")
                        .timer()
                        .count())
                .isEqualTo(10);
        assertThat(counter("holdfast.diagnoses", "layer", "tls")).isEqualTo(1);
    }

    @Test
    void countsAnswersOfIdentityServices() {
        TokenSources sources = TokenSources.builder(time, new SeededRandomness(1), Runnable::run)
                .listener(meters::identity)
                .build();
        Scope application =
                Scope.provider("m365").within(ScopeLevel.TENANT, "a").within(ScopeLevel.APPLICATION, "backup");
        Credential credential = Credential.secret("s".toCharArray(), Optional.empty());
        String token = sources.of(
                        application,
                        () -> credential,
                        request -> new TokenAnswer.Granted("t", Duration.ofHours(1), Optional.empty()))
                .token("graph")
                .value();

        assertThat(token).isEqualTo("t");
        assertThat(counter("holdfast.identity.events", "provider", "m365", "kind", "granted"))
                .isEqualTo(1);
    }

    @Test
    void showsHowManyTenantsAreAtWhichLevel() {
        HealthBoard board = HealthBoard.builder(time).listener(meters::health).build();
        meters.watch(board);
        board.backlog(mailbox("a"), 50, 100);
        board.backlog(mailbox("b"), 0, 100);

        assertThat(gauge("holdfast.tenants", "level", "critical")).isEqualTo(1);
        assertThat(gauge("holdfast.tenants", "level", "healthy")).isEqualTo(1);
        assertThat(counter("holdfast.health.changes", "aspect", "backlog", "level", "critical"))
                .isEqualTo(1);
        assertThat(Aspect.values()).as("each aspect is a value of a tag").hasSizeLessThan(20);
    }

    @Test
    void countsWhatIsNewInAnswers() {
        DriftWatch watch = DriftWatch.builder(time)
                .schema(AnswerSchema.builder().codes("mail.list", "200").build())
                .listener(meters::drift)
                .build();
        watch.code("mail.list", "418");

        assertThat(counter("holdfast.drift", "kind", "code")).isEqualTo(1);
    }

    @Test
    void countsSessionsByTheirEventsAndEachProgressOnce() {
        SessionListener session = meters.session();
        session.onEvent(new SessionEvent.SessionStarted("source", false, time.now()));
        assertThat(gauge("holdfast.sessions.active")).isEqualTo(1);
        session.onEvent(new SessionEvent.Progress(10, 1000, 100, Duration.ofSeconds(1)));
        session.onEvent(new SessionEvent.Progress(25, 3000, 200, Duration.ofSeconds(2)));
        session.onEvent(new SessionEvent.Waiting("read", "429", Duration.ofSeconds(5)));
        session.onEvent(new SessionEvent.ItemTrouble(new ResourceId("mail:1"), new ItemKey("k"), "poison-item", "500"));
        session.onEvent(new SessionEvent.Checkpointed(1));
        clock.addSeconds(90);
        session.onEvent(new SessionEvent.SessionEnded("complete"));

        assertThat(gauge("holdfast.sessions.active")).isZero();
        assertThat(counter("holdfast.session.items")).isEqualTo(25);
        assertThat(counter("holdfast.session.transferred", "direction", "read")).isEqualTo(3000);
        assertThat(counter("holdfast.session.troubles", "cause", "poison-item")).isEqualTo(1);
        assertThat(counter("holdfast.session.checkpoints")).isEqualTo(1);
        assertThat(registry.get("holdfast.session.waits").timer().totalTime(TimeUnit.SECONDS))
                .isEqualTo(5);
        assertThat(registry.get("holdfast.sessions")
                        .tag("outcome", "complete")
                        .timer()
                        .totalTime(TimeUnit.SECONDS))
                .isEqualTo(90);
    }

    @Test
    void noTenantAndNoResourceIsEverAmongTheTagsAndOperationsAreBounded() throws Exception {
        Pacer pacer = Pacer.builder(time, new SeededRandomness(1)).build();
        meters.watch(pacer);
        for (int i = 0; i < 500; i++) {
            send(pacer, "tenant-" + i % 20, "operation " + i, new Answer.Served(Cost.request(1), Optional.empty()));
        }
        meters.update();

        Set<String> operations = new TreeSet<>();
        for (Meter meter : registry.getMeters()) {
            for (Tag tag : meter.getId().getTags()) {
                assertThat(tag.getValue()).doesNotContain("tenant-").doesNotContain("mailbox");
                if (tag.getKey().equals("operation")) {
                    operations.add(tag.getValue());
                }
            }
        }
        assertThat(operations).hasSize(TagValues.MOST + 1).contains(TagValues.OTHER);
        assertThat(registry.get("holdfast.requests").counters().stream()
                        .mapToDouble(Counter::count)
                        .sum())
                .isEqualTo(500);
    }

    @Test
    void namesFollowTheConventionsOfMicrometer() {
        meters.session().onEvent(new SessionEvent.SessionStarted("s", false, time.now()));

        assertThat(registry.getMeters())
                .isNotEmpty()
                .allSatisfy(meter -> assertThat(meter.getId().getName()).matches("holdfast(\\.[a-z]+)+"));
    }
}
