// SPDX-License-Identifier: Apache-2.0
package io.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.Holdfast;
import io.holdfast.drift.AnswerSchema;
import io.holdfast.exchange.Access;
import io.holdfast.exchange.Exchange;
import io.holdfast.exchange.Exchanger;
import io.holdfast.exchange.HttpRequest;
import io.holdfast.exchange.ServiceDialect;
import io.holdfast.exchange.ServiceRequest;
import io.holdfast.identity.Credential;
import io.holdfast.identity.TokenAnswer;
import io.holdfast.identity.TokenRequest;
import io.holdfast.identity.TokenSource;
import io.holdfast.pacing.Cost;
import io.holdfast.pacing.Limit;
import io.holdfast.pacing.Meter;
import io.holdfast.pacing.PacedRequest;
import io.holdfast.pacing.PacingProfile;
import io.holdfast.pacing.Priority;
import io.holdfast.pacing.Scope;
import io.holdfast.pacing.ScopeLevel;
import io.holdfast.retry.FailureException;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.runtime.TimeSource;
import io.holdfast.services.Services;
import io.holdfast.simulators.http.PeerRequest;
import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.http.ServerIdentity;
import io.holdfast.simulators.http.WirePeer;
import io.holdfast.source.Observations;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Ten tenants over real sockets, one of them throttled hard and one with a dead credential: the others get what they get without those two. */
final class TenTenantsTest {
    private static final int HEALTHY = 8;
    private static final int THREADS = 3;
    private static final Duration LENGTH = Duration.ofSeconds(4);

    private final TimeSource time = TimeSource.system();
    private final AtomicInteger identityRequests = new AtomicInteger();

    private static Reply serve(PeerRequest request) {
        return request.path().equals("/throttled") ? Reply.of(429).with("Retry-After", "1") : Reply.json(200, "{}");
    }

    private TokenAnswer ask(TokenRequest request, boolean dead) {
        if (dead) {
            identityRequests.incrementAndGet();
            return new TokenAnswer.Rejected("invalid_client", "renew the secret");
        }
        return new TokenAnswer.Granted("t-" + request.application(), Duration.ofHours(1), Optional.empty());
    }

    /** How many requests the healthy tenants get served. */
    private int served(boolean withTroubled) throws Exception {
        ServerIdentity certificate = ServerIdentity.of("localhost");
        ExecutorService clients = Executors.newCachedThreadPool();
        try (WirePeer peer = WirePeer.secure(certificate, TenTenantsTest::serve);
                OkHttpTransport transport =
                        OkHttpTransport.builder().trust(certificate.trust()).build();
                HoldfastRuntime runtime = Holdfast.runtime().build()) {
            Services services = Services.builder(runtime)
                    .profile(PacingProfile.builder()
                            .limit(
                                    "mail",
                                    ScopeLevel.POOL,
                                    new Limit.Rate(Meter.REQUESTS, 3_000, Duration.ofMinutes(1)))
                            .build())
                    .install();
            AtomicInteger served = new AtomicInteger();
            List<Future<?>> running = new ArrayList<>();
            long end = time.nanos() + LENGTH.toNanos();
            for (int i = 0; i < HEALTHY; i++) {
                running.addAll(start(clients, new Client(services, transport, peer, "t" + i, "/ok"), served, end));
            }
            if (withTroubled) {
                AtomicInteger nobody = new AtomicInteger();
                running.addAll(
                        start(clients, new Client(services, transport, peer, "hard", "/throttled"), nobody, end));
                running.addAll(start(clients, new Client(services, transport, peer, "dead", "/ok"), nobody, end));
                awaitAll(running);
                assertThat(nobody.get()).isZero();
                assertThat(peer.requests().stream().filter(each -> each.path().equals("/throttled")))
                        .as("requests of the tenant that is throttled for a second at a time")
                        .hasSizeLessThan(20);
            }
            awaitAll(running);
            return served.get();
        } finally {
            clients.shutdownNow();
        }
    }

    private static void awaitAll(List<Future<?>> running) throws Exception {
        for (Future<?> each : running) {
            each.get(60, TimeUnit.SECONDS);
        }
    }

    private List<Future<?>> start(ExecutorService clients, Client client, AtomicInteger served, long end) {
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            running.add(clients.submit(() -> {
                while (time.nanos() < end) {
                    client.send(served);
                }
                return null;
            }));
        }
        return running;
    }

    private final class Client {
        private final Exchanger exchanger;
        private final ServiceRequest request;

        private Client(Services services, OkHttpTransport transport, WirePeer peer, String tenant, String path) {
            Scope scope =
                    Scope.provider("m365").within(ScopeLevel.CLOUD, "global").within(ScopeLevel.TENANT, tenant);
            TokenSource tokens = services.tokens()
                    .of(
                            scope.within(ScopeLevel.APPLICATION, "a"),
                            () -> Credential.secret("s".toCharArray(), Optional.empty()),
                            asked -> ask(asked, tenant.equals("dead")));
            this.exchanger = services.exchanger(
                    transport,
                    ServiceDialect.plain(),
                    services.memory(scope, ZoneOffset.UTC, AnswerSchema.none(), Observations.none()));
            this.request = ServiceRequest.of(
                            new PacedRequest(
                                    scope.within(ScopeLevel.POOL, "mail"),
                                    "mail.list",
                                    Cost.request(1),
                                    Priority.BACKUP),
                            HttpRequest.get(peer.uri(path)))
                    .waiting(Duration.ofSeconds(2))
                    .authorizedBy(new Access(tokens, "graph", Set.of("localhost")));
        }

        private void send(AtomicInteger served) throws InterruptedException {
            try (Exchange exchange = exchanger.send(request)) {
                exchange.bytes(100);
                served.incrementAndGet();
            } catch (FailureException e) {
                // A session would put the tenant aside; here it tries again and again, as a bad neighbour does.
                time.sleep(Duration.ofMillis(20));
            }
        }
    }

    @Test
    void troubledTenantsCostTheOthersNothing() throws Exception {
        served(false);
        int alone = served(false);
        int together = served(true);

        assertThat(alone)
                .as("the budgets of eight tenants in four seconds are 1,600")
                .isGreaterThan(1_000);
        assertThat(together).as("of " + alone).isGreaterThanOrEqualTo(alone * 9 / 10);
        assertThat(identityRequests.get())
                .as("requests with the dead credential")
                .isEqualTo(1);
    }
}
