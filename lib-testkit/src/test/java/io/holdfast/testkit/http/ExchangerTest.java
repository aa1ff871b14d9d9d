// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.exchange.Access;
import io.holdfast.exchange.Exchange;
import io.holdfast.exchange.ExchangeRecord;
import io.holdfast.exchange.Exchanger;
import io.holdfast.exchange.HttpBody;
import io.holdfast.exchange.HttpRequest;
import io.holdfast.exchange.ServiceDialect;
import io.holdfast.exchange.ServiceRequest;
import io.holdfast.exchange.TransportException.Phase;
import io.holdfast.identity.Credential;
import io.holdfast.identity.TokenAnswer;
import io.holdfast.identity.TokenRequest;
import io.holdfast.identity.TokenSource;
import io.holdfast.identity.TokenSources;
import io.holdfast.pacing.Cost;
import io.holdfast.pacing.Limit;
import io.holdfast.pacing.PacedRequest;
import io.holdfast.pacing.Pacer;
import io.holdfast.pacing.PacingProfile;
import io.holdfast.pacing.Priority;
import io.holdfast.pacing.Scope;
import io.holdfast.pacing.ScopeLevel;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.simulators.http.Flaw;
import io.holdfast.simulators.http.PeerRequest;
import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.http.SimulatedTransport;
import io.holdfast.testkit.SeededRandomness;
import io.holdfast.testkit.SimTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

final class ExchangerTest {
    private static final Scope TENANT =
            Scope.provider("m365").within(ScopeLevel.CLOUD, "global").within(ScopeLevel.TENANT, "t");
    private static final Scope MAILBOX = TENANT.within(ScopeLevel.POOL, "mail").within(ScopeLevel.RESOURCE, "ana");

    private final SimTime time = SimTime.create();
    private final SeededRandomness randomness = new SeededRandomness(7);
    private final ArrayDeque<Reply> replies = new ArrayDeque<>();
    private final List<PeerRequest> sent = new ArrayList<>();
    private final List<ExchangeRecord> records = new ArrayList<>();
    private final List<TokenRequest> tokenRequests = new ArrayList<>();
    private Pacer pacer = Pacer.builder(time, randomness).build();

    private Exchanger exchanger() {
        SimulatedTransport transport = new SimulatedTransport(time, Duration.ofMillis(20), (request, received) -> {
            sent.add(received);
            Reply next = replies.poll();
            return next == null ? Reply.json(200, "{}") : next;
        });
        return Exchanger.builder(transport, time, randomness)
                .pacer(pacer)
                .listener(records::add)
                .dialect(new ServiceDialect() {
                    @Override
                    public Optional<String> requestIdField() {
                        return Optional.of("client-request-id");
                    }
                })
                .build();
    }

    private static ServiceRequest get(String uri) {
        PacedRequest paced = new PacedRequest(MAILBOX, "mail.list", Cost.request(1), Priority.BACKUP);
        return ServiceRequest.of(paced, HttpRequest.get(URI.create(uri)));
    }

    private static ServiceRequest get() {
        return get("https://graph.example/v1.0/me");
    }

    private TokenSource tokens() {
        return TokenSources.builder(time, randomness, Runnable::run)
                .build()
                .of(
                        TENANT.within(ScopeLevel.APPLICATION, "app"),
                        () -> Credential.secret("s".toCharArray(), Optional.empty()),
                        request -> {
                            tokenRequests.add(request);
                            return new TokenAnswer.Granted(
                                    "token" + tokenRequests.size(), Duration.ofHours(1), Optional.empty());
                        });
    }

    private static FailureException failure(Exchanger exchanger, ServiceRequest request) {
        FailureException failed = catchThrowableOfType(FailureException.class, () -> {
            try (Exchange exchange = exchanger.send(request)) {
                exchange.body().readAllBytes();
            }
        });
        assertThat(failed).isNotNull();
        return failed;
    }

    @Test
    void handsTheAnswerOverAndPutsItOnRecord() throws IOException {
        replies.add(Reply.json(200, "{\"a\":1}").with("request-id", "r-1"));
        try (Exchange exchange = exchanger().send(get())) {
            assertThat(exchange.status()).isEqualTo(200);
            assertThat(exchange.id()).contains("r-1");
            assertThat(exchange.bytes(100)).isEqualTo("{\"a\":1}".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(records).singleElement().satisfies(record -> {
            assertThat(record.request().operation()).isEqualTo("mail.list");
            assertThat(record.status()).isEqualTo(200);
            assertThat(record.failure()).isEmpty();
            assertThat(record.bytesDown()).isEqualTo(7);
            assertThat(record.cost().bytesDown()).isEqualTo(7);
            assertThat(record.firstByte()).isEqualTo(Duration.ofMillis(20));
            assertThat(record.id()).isEqualTo("r-1");
        });
    }

    @Test
    void givesEachRequestAnIdOfItsOwn() {
        Exchanger exchanger = exchanger();
        exchanger.send(get()).close();
        exchanger.send(get()).close();
        assertThat(sent)
                .extracting(
                        request -> request.fields().first("client-request-id").orElse(""))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
        assertThat(records).extracting(ExchangeRecord::id).doesNotContain("");
    }

    @Test
    void showsTheTokenToNamedHostsAndToNobodyElse() {
        Access access = new Access(tokens(), "graph", Set.of("Graph.example"));
        Exchanger exchanger = exchanger();
        exchanger.send(get().authorizedBy(access)).close();
        exchanger.send(get("https://downloads.example/x").authorizedBy(access)).close();
        exchanger.send(get("http://graph.example/x").authorizedBy(access)).close();
        assertThat(sent)
                .extracting(request -> request.fields().first("authorization"))
                .containsExactly(Optional.of("Bearer token1"), Optional.empty(), Optional.empty());
    }

    @Test
    void replacesATokenThatWasRefusedWithAllThatIsDemanded() {
        Access access = new Access(tokens(), "graph", Set.of("graph.example"));
        Exchanger exchanger = exchanger();
        exchanger.send(get().authorizedBy(access)).close();
        time.advance(Duration.ofMinutes(10));
        replies.add(Reply.of(401)
                .with("WWW-Authenticate", "Bearer realm=\"\", error=\"insufficient_claims\", claims=\"eyJh\""));

        FailureException failed = failure(exchanger, get().authorizedBy(access));
        exchanger.send(get().authorizedBy(access)).close();

        assertThat(failed.failure().category()).isEqualTo(FailureCategory.TOKEN_EXPIRED);
        assertThat(tokenRequests).hasSize(2);
        assertThat(tokenRequests.get(1).claims()).contains("eyJh");
        assertThat(sent.get(2).fields().first("authorization")).contains("Bearer token2");
    }

    @Test
    void takesA401OfAFreshTokenForAPassingFault() {
        Access access = new Access(tokens(), "graph", Set.of("graph.example"));
        replies.add(Reply.of(401));
        FailureException failed = failure(exchanger(), get().authorizedBy(access));
        assertThat(failed.failure().category()).isEqualTo(FailureCategory.TRANSIENT);
        assertThat(failed.failure().retryAfter()).isPresent();
        assertThat(tokenRequests).hasSize(1);
    }

    @Test
    void undoesGzipAndCountsWhatCameOverTheWire() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(new byte[100_000]);
        }
        replies.add(Reply.of(200).with("Content-Encoding", "gzip").with(zipped.toByteArray()));
        try (Exchange exchange = exchanger().send(get())) {
            assertThat(exchange.body().readAllBytes()).hasSize(100_000).containsOnly(0);
        }
        assertThat(sent.get(0).fields().first("accept-encoding")).contains("gzip");
        assertThat(records.get(0).bytesDown()).isEqualTo(zipped.size());
    }

    @Test
    void failsWhenAZippedBodyIsCutThoughItsLengthIsRight() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(new byte[100_000]);
        }
        byte[] cut = java.util.Arrays.copyOf(zipped.toByteArray(), zipped.size() - 20);
        replies.add(Reply.of(200).with("Content-Encoding", "gzip").with(cut));
        assertThat(failure(exchanger(), get()).failure().category()).isEqualTo(FailureCategory.PATH_LOSS);
    }

    @Test
    void comparesTheHashThatTheServiceAnnounces() throws Exception {
        byte[] body = "the text".getBytes(StandardCharsets.UTF_8);
        for (String[] algorithm :
                new String[][] {{"SHA-256", "Content-Digest", "sha-256=:", ":"}, {"MD5", "Content-MD5", "", ""}}) {
            String hash = Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance(algorithm[0]).digest(body));
            Reply reply = Reply.of(200).with(algorithm[1], algorithm[2] + hash + algorithm[3]);
            replies.add(reply.with(body));
            try (Exchange exchange = exchanger().send(get())) {
                assertThat(exchange.body().readAllBytes()).isEqualTo(body);
            }
            replies.add(reply.with("The text".getBytes(StandardCharsets.UTF_8)));
            FailureException failed = failure(exchanger(), get());
            assertThat(failed.failure().category()).isEqualTo(FailureCategory.PATH_LOSS);
            assertThat(failed.getMessage()).contains("hash");
        }
    }

    @Test
    void takesAnExpectedStatusForAnAnswer() {
        replies.add(Reply.of(302).with("Location", "https://elsewhere.example/"));
        try (Exchange exchange = exchanger().send(get().expecting(302))) {
            assertThat(exchange.status()).isEqualTo(302);
            assertThat(exchange.fields().first("location")).contains("https://elsewhere.example/");
        }
        assertThat(records.get(0).failure()).isEmpty();
    }

    @Test
    void sendsNothingBeforeTheTimeThatTheServiceAskedFor() {
        Exchanger exchanger = exchanger();
        replies.add(Reply.of(429).with("Retry-After", "40"));
        FailureException failed = failure(exchanger, get());
        assertThat(failed.failure().category()).isEqualTo(FailureCategory.THROTTLED);
        assertThat(failed.failure().retryAfter()).contains(Duration.ofSeconds(40));

        Duration before = time.slept();
        exchanger.send(get()).close();
        assertThat(time.slept().minus(before)).isGreaterThanOrEqualTo(Duration.ofSeconds(40));
        assertThat(records.get(1).waited()).isGreaterThanOrEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void putsWorkAsideThatWouldWaitForTooLong() {
        Exchanger exchanger = exchanger();
        replies.add(Reply.of(429).with("Retry-After", "3600"));
        failure(exchanger, get());
        FailureException parked = failure(exchanger, get().waiting(Duration.ofMinutes(5)));
        assertThat(parked.failure().code()).isEqualTo("parked");
        assertThat(parked.failure().retryAfter().orElseThrow()).isGreaterThan(Duration.ofMinutes(54));
        assertThat(sent).hasSize(1);
        assertThat(records).hasSize(1);
    }

    @Test
    void sendsNothingToAServiceThatKeepsFailing() {
        Exchanger exchanger = exchanger();
        for (int i = 0; i < 10; i++) {
            replies.add(Reply.of(500));
            failure(exchanger, get());
        }
        FailureException held = failure(exchanger, get());
        assertThat(held.failure().code()).isEqualTo("breaker-open");
        assertThat(held.failure().retryAfter()).isPresent();
        assertThat(sent).hasSize(10);

        time.advance(held.failure().retryAfter().orElseThrow());
        exchanger.send(get()).close();
        assertThat(sent).hasSize(11);
    }

    @Test
    void countsBodiesThatBreakOffAgainstTheService() {
        Exchanger exchanger = exchanger();
        for (int i = 0; i < 10; i++) {
            replies.add(Reply.of(200).with(new byte[1000]).spoilt(new Flaw.Cut(500, true)));
            assertThat(failure(exchanger, get()).failure().category()).isEqualTo(FailureCategory.PATH_LOSS);
        }
        assertThat(failure(exchanger, get()).failure().code()).isEqualTo("breaker-open");
        assertThat(records).hasSize(10).allSatisfy(record -> {
            assertThat(record.status()).isEqualTo(200);
            assertThat(record.failure()).contains(FailureCategory.PATH_LOSS);
            assertThat(record.bytesDown()).isEqualTo(500);
        });
    }

    @Test
    void namesThePhaseThatFailed() {
        for (Phase phase : List.of(Phase.RESOLVE, Phase.CONNECT, Phase.TLS)) {
            replies.add(Reply.of(200).spoilt(new Flaw.Unreachable(phase)));
            FailureException failed = failure(exchanger(), get());
            assertThat(failed.failure().category()).isEqualTo(phase.category());
            assertThat(failed.getMessage()).startsWith("mail.list: ");
        }
    }

    @Test
    void refusesABodyThatDrips() {
        replies.add(Reply.of(200).with(new byte[10_000]).spoilt(new Flaw.Drip(10, Duration.ofSeconds(5))));
        FailureException failed = failure(exchanger(), get());
        assertThat(failed.failure().category()).isEqualTo(FailureCategory.PATH_LOSS);
        assertThat(failed.getMessage()).contains("drips");
    }

    @Test
    void bearsABodyThatIsSlowButMovesOn() throws IOException {
        replies.add(Reply.of(200).with(new byte[100_000]).spoilt(new Flaw.Drip(200, Duration.ofSeconds(5))));
        try (Exchange exchange = exchanger().send(get())) {
            assertThat(exchange.body().readAllBytes()).hasSize(100_000);
        }
    }

    @Test
    void doesNotCountItsReadersPausesAsTheServices() throws IOException {
        replies.add(Reply.of(200).with(new byte[100]));
        try (Exchange exchange = exchanger().send(get())) {
            for (int i = 0; i < 100; i++) {
                time.advance(Duration.ofMinutes(1));
                assertThat(exchange.body().read()).isZero();
            }
            assertThat(exchange.body().read()).isEqualTo(-1);
        }
    }

    @Test
    void classifiesAnErrorWhoseBodyBreaksOff() {
        replies.add(Reply.of(429).with("Retry-After", "7").with(new byte[1000]).spoilt(new Flaw.Cut(10, true)));
        FailureException failed = failure(exchanger(), get());
        assertThat(failed.failure().category()).isEqualTo(FailureCategory.THROTTLED);
        assertThat(failed.failure().retryAfter()).contains(Duration.ofSeconds(7));
    }

    @Test
    void looksAtTheBeginningOfALongErrorOnly() {
        replies.add(Reply.of(500).with(new HttpBody() {
            @Override
            public long length() {
                return 1L << 40;
            }

            @Override
            public java.io.InputStream open() {
                return new LatchedBytes(Integer.MAX_VALUE, new java.util.concurrent.CountDownLatch(1));
            }
        }));
        assertThat(failure(exchanger(), get()).failure().category()).isEqualTo(FailureCategory.TRANSIENT);
        assertThat(records.get(0).bytesDown()).isLessThan(1 << 20);
    }

    @Test
    void holdsItsSlotUntilTheBodyIsRead() throws IOException {
        pacer = Pacer.builder(time, randomness)
                .profile(PacingProfile.builder()
                        .limit("mail", ScopeLevel.RESOURCE, new Limit.Slots(1))
                        .build())
                .build();
        Exchanger exchanger = exchanger();
        ServiceRequest impatient = get().waiting(Duration.ofSeconds(1));
        Exchange first = exchanger.send(impatient);
        assertThat(failure(exchanger, impatient).failure().code()).isEqualTo("parked");
        assertThat(first.body().readAllBytes()).hasSize(2);
        exchanger.send(impatient).close();
        first.close();
        assertThat(records).hasSize(2);
    }

    @Test
    void endsWhenItsThreadIsInterruptedWhileItWaits() {
        Exchanger exchanger = exchanger();
        replies.add(Reply.of(429).with("Retry-After", "40"));
        failure(exchanger, get());
        Thread.currentThread().interrupt();
        try {
            assertThat(failure(exchanger, get()).failure().code()).isEqualTo("interrupted");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(sent).hasSize(1);
    }

    @Test
    void saysNothingOfContentOrAddressInRecordsAndMessages() {
        replies.add(new Reply(
                500,
                io.holdfast.exchange.HttpFields.none().with("request-id", "weird id\"of ana@example.com"),
                HttpBody.of("secret text".getBytes(StandardCharsets.UTF_8)),
                new Flaw.None()));
        FailureException failed = failure(exchanger(), get("https://graph.example/v1.0/users/ana?code=hush"));
        assertThat(failed.getMessage())
                .doesNotContain("hush")
                .doesNotContain("secret text")
                .doesNotContain("users");
        assertThat(records.get(0).toString()).doesNotContain("hush").doesNotContain("@");
    }
}
