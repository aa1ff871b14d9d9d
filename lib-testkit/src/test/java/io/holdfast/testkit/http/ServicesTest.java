// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.Holdfast;
import io.holdfast.diagnosis.Cause;
import io.holdfast.diagnosis.Diagnosis;
import io.holdfast.diagnosis.Layer;
import io.holdfast.drift.AnswerSchema;
import io.holdfast.drift.DriftEvent;
import io.holdfast.exchange.Exchange;
import io.holdfast.exchange.ExchangeRecord;
import io.holdfast.exchange.Exchanger;
import io.holdfast.exchange.HttpRequest;
import io.holdfast.exchange.HttpResponse;
import io.holdfast.exchange.HttpTransport;
import io.holdfast.exchange.ServiceDialect;
import io.holdfast.exchange.ServiceRequest;
import io.holdfast.health.HealthEvent;
import io.holdfast.health.HealthLevel;
import io.holdfast.observe.SessionEvent;
import io.holdfast.observe.SessionListener;
import io.holdfast.pacing.Cost;
import io.holdfast.pacing.Limit;
import io.holdfast.pacing.Meter;
import io.holdfast.pacing.PacedRequest;
import io.holdfast.pacing.PacingProfile;
import io.holdfast.pacing.Priority;
import io.holdfast.pacing.Scope;
import io.holdfast.pacing.ScopeLevel;
import io.holdfast.retry.BreakerEvent;
import io.holdfast.retry.FailureException;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.services.ServiceListener;
import io.holdfast.services.ServiceMemory;
import io.holdfast.services.Services;
import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.http.SimulatedTransport;
import io.holdfast.source.Observations;
import io.holdfast.testkit.DirectExecutor;
import io.holdfast.testkit.SimTime;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServicesTest {
    private static final Scope TENANT =
            Scope.provider("m365").within(ScopeLevel.CLOUD, "global").within(ScopeLevel.TENANT, "t");

    private final SimTime time = SimTime.create();
    private final HoldfastRuntime runtime =
            Holdfast.runtime().time(time).workers(new DirectExecutor()).build();
    private final List<Object> heard = new ArrayList<>();
    private final ServiceListener listener = new ServiceListener() {
        @Override
        public void exchange(ExchangeRecord exchange) {
            heard.add(exchange);
        }

        @Override
        public void breaker(BreakerEvent event) {
            heard.add(event);
        }

        @Override
        public void health(HealthEvent event) {
            heard.add(event);
        }

        @Override
        public void drift(DriftEvent event) {
            heard.add(event);
        }

        @Override
        public void diagnosis(Scope scope, Diagnosis diagnosis) {
            heard.add(diagnosis);
        }
    };
    private int status = 200;

    @AfterEach
    void close() {
        runtime.close();
    }

    private SimulatedTransport transport() {
        return new SimulatedTransport(time, Duration.ofMillis(50), (request, received) -> Reply.json(status, "{}"));
    }

    private ServiceMemory memory(Services services, Observations earlier) {
        return services.memory(TENANT, ZoneOffset.UTC, AnswerSchema.none(), earlier);
    }

    private static ServiceRequest request() {
        Scope mailbox = TENANT.within(ScopeLevel.POOL, "mail").within(ScopeLevel.RESOURCE, "ana");
        return ServiceRequest.of(
                new PacedRequest(mailbox, "mail.list", Cost.request(1), Priority.BACKUP),
                HttpRequest.get(URI.create("https://graph.example/")));
    }

    private static void send(Exchanger exchanger) {
        try (Exchange exchange = exchanger.send(request())) {
            exchange.bytes(100);
        } catch (FailureException expected) {
            assertThat(expected.failure().category()).isNotNull();
        }
    }

    private <T> List<T> heard(Class<T> kind) {
        return heard.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Test
    void isOneForEachRuntime() {
        Services services = Services.of(runtime);
        assertThat(Services.of(runtime)).isSameAs(services);
        assertThatIllegalStateException()
                .isThrownBy(() -> Services.builder(runtime).install())
                .withMessageContaining("before the first session");
        try (HoldfastRuntime other = Holdfast.runtime().build()) {
            assertThat(Services.of(other)).isNotSameAs(services);
        }
    }

    @Test
    void closesTheSharedTransportWithTheRuntime() {
        List<String> closed = new ArrayList<>();
        HoldfastRuntime own = Holdfast.runtime().build();
        Services services = Services.of(own);
        HttpTransport made = services.transport(() -> new HttpTransport() {
            @Override
            public HttpResponse send(HttpRequest request) {
                throw new AssertionError("nobody sends");
            }

            @Override
            public void close() {
                closed.add("closed");
            }
        });
        assertThat(services.transport(this::transport)).isSameAs(made);
        own.close();
        assertThat(closed).containsExactly("closed");
    }

    @Test
    void examinesByItselfWhenABreakerOpensAndTellsTheVerdict() {
        Services services = Services.builder(runtime).listener(listener).install();
        List<Optional<Instant>> asked = new ArrayList<>();
        Cause cause = new Cause(Layer.PATH, "", "graph.example", "connections break", "Check the network");
        services.examinedBy(TENANT, since -> {
            asked.add(since);
            return new Diagnosis(time.now(), since, List.of(), List.of(cause));
        });
        Exchanger exchanger =
                services.exchanger(transport(), ServiceDialect.plain(), memory(services, Observations.none()));
        status = 500;
        Instant before = time.now();
        for (int i = 0; i < 12; i++) {
            send(exchanger);
        }

        assertThat(heard(ExchangeRecord.class)).hasSize(10);
        assertThat(heard(BreakerEvent.class))
                .singleElement()
                .satisfies(event -> assertThat(event.state()).isEqualTo(BreakerEvent.State.OPEN));
        assertThat(asked)
                .singleElement()
                .satisfies(since -> assertThat(since.orElseThrow()).isBetween(before, time.now()));
        assertThat(heard(Diagnosis.class))
                .singleElement()
                .satisfies(diagnosis -> assertThat(diagnosis.verdict()).contains("PATH of graph.example"));
        assertThat(heard(HealthEvent.class)).isNotEmpty();
        assertThat(services.health().of(TENANT).level()).isNotEqualTo(HealthLevel.HEALTHY);
    }

    @Test
    void doesNotExamineAgainWithinMinutes() {
        Services services = Services.builder(runtime).listener(listener).install();
        services.examinedBy(TENANT, since -> new Diagnosis(time.now(), since, List.of(), List.of()));
        Exchanger exchanger =
                services.exchanger(transport(), ServiceDialect.plain(), memory(services, Observations.none()));
        status = 500;
        for (int i = 0; i < 100; i++) {
            send(exchanger);
            time.advance(Duration.ofSeconds(2));
        }
        assertThat(heard(Diagnosis.class)).hasSize(1);
        time.advance(Duration.ofMinutes(10));
        for (int i = 0; i < 100; i++) {
            send(exchanger);
            time.advance(Duration.ofSeconds(10));
        }
        assertThat(heard(Diagnosis.class)).hasSizeGreaterThan(1);
    }

    @Test
    void examinesAllTenantsWhenSomebodyAsks() {
        Services services = Services.of(runtime);
        Scope other = Scope.provider("m365").within(ScopeLevel.TENANT, "u");
        services.examinedBy(TENANT, since -> new Diagnosis(time.now(), since, List.of(), List.of()));
        services.examinedBy(other, since -> new Diagnosis(time.now(), since, List.of(), List.of()));
        assertThat(services.examine())
                .containsOnlyKeys(TENANT, other)
                .allSatisfy((scope, diagnosis) -> assertThat(diagnosis.since()).isEmpty());
        services.forget(other);
        assertThat(services.examine()).containsOnlyKeys(TENANT);
    }

    @Test
    void tellsHowOldTheNewestSnapshotIs() {
        Services services = Services.builder(runtime)
                .rpo(Duration.ofHours(4))
                .listener(listener)
                .install();
        SessionListener session = services.session(TENANT);
        session.onEvent(new SessionEvent.SessionStarted("notes", false, time.now()));
        time.advance(Duration.ofHours(1));
        session.onEvent(new SessionEvent.Committed(1, "w", 100, 0));
        services.drive();
        assertThat(services.health().of(TENANT).level()).isEqualTo(HealthLevel.HEALTHY);
        time.advance(Duration.ofHours(9));
        services.drive();
        assertThat(services.health().of(TENANT).level()).isNotEqualTo(HealthLevel.HEALTHY);
        assertThat(heard(HealthEvent.class)).isNotEmpty();
    }

    @Test
    void tellsHowMuchWaitsInTheLedger() {
        Services services = Services.builder(runtime).listener(listener).install();
        SessionListener session = services.session(TENANT);
        session.onEvent(new SessionEvent.SessionStarted("notes", false, time.now()));
        session.onEvent(new SessionEvent.Committed(1, "w", 100, 0));
        assertThat(services.health().of(TENANT).level()).isEqualTo(HealthLevel.HEALTHY);

        for (int i = 0; i < 4; i++) {
            time.advance(Duration.ofMinutes(5));
            session.onEvent(new SessionEvent.Committed(2 + i, "w", 100, 60));
        }

        assertThat(heard(HealthEvent.class))
                .anySatisfy(event -> assertThat(event.toString()).contains("BACKLOG"));
        assertThat(services.health().of(TENANT).level()).isNotEqualTo(HealthLevel.HEALTHY);
    }

    @Test
    void survivesADoctorThatFails() {
        Services services = Services.builder(runtime).listener(listener).install();
        services.examinedBy(TENANT, since -> {
            throw new IllegalStateException("out of order");
        });
        Exchanger exchanger =
                services.exchanger(transport(), ServiceDialect.plain(), memory(services, Observations.none()));
        status = 500;
        for (int i = 0; i < 12; i++) {
            send(exchanger);
        }
        assertThat(heard(BreakerEvent.class)).hasSize(1);
        assertThat(heard(Diagnosis.class)).isEmpty();
    }

    @Test
    void takesLimitsOfConnectorsWhereTheHostHasSetNone() {
        Services services = Services.builder(runtime)
                .profile(PacingProfile.builder()
                        .limit("mail", ScopeLevel.RESOURCE, new Limit.Slots(1))
                        .build())
                .install();
        services.pacer()
                .adopt(PacingProfile.builder()
                        .limit("mail", ScopeLevel.RESOURCE, new Limit.Slots(4))
                        .limit("files", ScopeLevel.RESOURCE, new Limit.Slots(2))
                        .build());
        Exchanger exchanger =
                services.exchanger(transport(), ServiceDialect.plain(), memory(services, Observations.none()));
        try (Exchange first = exchanger.send(request())) {
            assertThat(first.status()).isEqualTo(200);
            FailureException parked = catchThrowableOfType(
                    FailureException.class, () -> exchanger.send(request().waiting(Duration.ofSeconds(1))));
            assertThat(parked.failure().code()).isEqualTo("parked");
        }
        PacedRequest file = new PacedRequest(
                TENANT.within(ScopeLevel.POOL, "files").within(ScopeLevel.RESOURCE, "d"),
                "files.list",
                Cost.request(1),
                Priority.BACKUP);
        ServiceRequest files = ServiceRequest.of(file, request().http()).waiting(Duration.ofSeconds(1));
        try (Exchange one = exchanger.send(files);
                Exchange two = exchanger.send(files)) {
            assertThat(one.status() + two.status()).isEqualTo(400);
            assertThat(catchThrowableOfType(FailureException.class, () -> exchanger.send(files)))
                    .isNotNull();
        }
    }

    @Test
    void learnsWhatIsAnsweredAndTellsNewCodesInTheNextSessionOnly() {
        Services services = Services.builder(runtime).listener(listener).install();
        ServiceMemory first = memory(services, Observations.none());
        send(services.exchanger(transport(), ServiceDialect.plain(), first));
        assertThat(heard(DriftEvent.class)).isEmpty();

        ServiceMemory second = memory(services, first.observations());
        Exchanger exchanger = services.exchanger(transport(), ServiceDialect.plain(), second);
        send(exchanger);
        assertThat(heard(DriftEvent.class)).isEmpty();
        status = 418;
        send(exchanger);
        send(exchanger);
        assertThat(heard(DriftEvent.class)).singleElement().satisfies(event -> {
            assertThat(event.operation()).isEqualTo("mail.list");
            assertThat(event.what()).contains("418");
        });
        assertThat(second.observations().form()).hasSizeLessThan(Observations.MOST_BYTES);
    }

    @Test
    void spendsNoBudgetTwiceThatALaterProcessFindsWrittenDown(@TempDir Path folder) {
        Limit.Rate daily = new Limit.Rate(Meter.REQUESTS, 24_000, Duration.ofDays(1));
        PacingProfile profile =
                PacingProfile.builder().limit("mail", ScopeLevel.POOL, daily).build();
        try (HoldfastRuntime process = Holdfast.runtime().time(time).build()) {
            Services services = Services.builder(process)
                    .profile(profile)
                    .remembering(folder)
                    .install();
            for (int i = 0; i < 100; i++) {
                send(services.exchanger(transport(), ServiceDialect.plain(), memory(services, Observations.none())));
            }
        }

        try (HoldfastRuntime next = Holdfast.runtime().time(time).build()) {
            Services services =
                    Services.builder(next).profile(profile).remembering(folder).install();
            assertThat(services.pacer().save())
                    .singleElement()
                    .satisfies(each -> assertThat(each.left()).isCloseTo(24_000 / 100 - 100, within(5.0)));
        }
    }

    @Test
    void comparesCallsWithEarlierSessions() {
        Services services = Services.of(runtime);
        Observations earlier = Observations.none();
        for (int session = 0; session < 5; session++) {
            ServiceMemory usual = memory(services, earlier);
            Exchanger exchanger = services.exchanger(transport(), ServiceDialect.plain(), usual);
            for (int i = 0; i < 50; i++) {
                send(exchanger);
            }
            assertThat(usual.compareCalls("incremental", 100, true)).isEqualTo(1);
            earlier = usual.observations();
        }

        try (HoldfastRuntime later =
                Holdfast.runtime().time(time).workers(new DirectExecutor()).build()) {
            Services anew = Services.of(later);
            ServiceMemory second = memory(anew, earlier);
            Exchanger again = anew.exchanger(transport(), ServiceDialect.plain(), second);
            for (int i = 0; i < 150; i++) {
                send(again);
            }
            assertThat(second.compareCalls("incremental", 100, false)).isGreaterThan(2);
        }
    }

    @Test
    void learnsAnewWhatCannotBeRead() {
        Services services = Services.of(runtime);
        for (byte[] form : new byte[][] {{7}, {1}, {1, 5, 0}, {1, (byte) 0xff, (byte) 0xff, 3}, new byte[100]}) {
            assertThat(memory(services, Observations.of(form)).observations().form())
                    .hasSizeLessThan(200);
        }
    }
}
