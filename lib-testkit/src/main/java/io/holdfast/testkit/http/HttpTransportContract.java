// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.exchange.Deadlines;
import io.holdfast.exchange.HttpBody;
import io.holdfast.exchange.HttpFields;
import io.holdfast.exchange.HttpRequest;
import io.holdfast.exchange.HttpResponse;
import io.holdfast.exchange.HttpTransport;
import io.holdfast.exchange.TransportException;
import io.holdfast.exchange.TransportException.Phase;
import io.holdfast.simulators.http.Flaw;
import io.holdfast.simulators.http.PeerRequest;
import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.http.ServerIdentity;
import io.holdfast.simulators.http.WirePeer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.X509TrustManager;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@link HttpTransport} promises, shown over real sockets with TLS. Extend it and give a transport. */
@Timeout(60)
public abstract class HttpTransportContract {
    private static final Deadlines SHORT =
            new Deadlines(Duration.ofSeconds(5), Duration.ofMillis(300), Duration.ofMillis(300));
    private static ServerIdentity identity;

    private HttpTransport transport;
    private WirePeer peer;

    /** For those who extend it. */
    protected HttpTransportContract() {}

    /**
     * Makes a transport.
     *
     * @param trust whom it trusts
     * @return the transport; the contract closes it
     */
    protected abstract HttpTransport transport(X509TrustManager trust);

    @BeforeAll
    static void makeIdentity() {
        identity = ServerIdentity.of("localhost");
    }

    @BeforeEach
    void makeTransport() {
        transport = transport(identity.trust());
        peer = WirePeer.secure(identity, request -> Reply.of(200));
    }

    @AfterEach
    void closeAll() {
        transport.close();
        peer.close();
    }

    private void replying(Reply reply) {
        meet(WirePeer.secure(identity, request -> reply));
    }

    private void meet(WirePeer another) {
        peer.close();
        peer = another;
    }

    private HttpRequest get(String target) {
        return HttpRequest.get(peer.uri(target));
    }

    @Test
    void sendsPathAndQueryByteForByte() throws IOException {
        replying(Reply.of(200));
        String target = "/v1.0/users('a%40b')/delta()?$skiptoken=S%2B1%3D%3D&%24top=5&q=a+b%20c";
        transport.send(get(target)).close();
        assertThat(peer.requests().get(0).target()).isEqualTo(target);
        assertThat(peer.requests().get(0).method()).isEqualTo("GET");
    }

    @Test
    void sendsFieldsAsGivenAndAsksForNoCoding() throws IOException {
        replying(Reply.of(200));
        transport
                .send(get("/").with("Prefer", "IdType=\"ImmutableId\"").with("Authorization", "Bearer x"))
                .close();
        HttpFields sent = peer.requests().get(0).fields();
        assertThat(sent.first("prefer")).contains("IdType=\"ImmutableId\"");
        assertThat(sent.first("authorization")).contains("Bearer x");
        assertThat(sent.first("accept-encoding").orElse("identity")).isEqualTo("identity");
        assertThat(sent.list())
                .extracting(field -> field.name().toLowerCase(java.util.Locale.ROOT))
                .isSubsetOf(
                        "host",
                        "connection",
                        "user-agent",
                        "accept",
                        "accept-encoding",
                        "content-length",
                        "prefer",
                        "authorization");
    }

    @Test
    void sendsBodiesWithTheirLength() throws IOException {
        replying(Reply.of(201));
        byte[] body = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
        for (String method : List.of("POST", "PUT", "PATCH")) {
            transport
                    .send(HttpRequest.sending(method, peer.uri("/x"), "application/json", HttpBody.of(body)))
                    .close();
        }
        assertThat(peer.requests()).hasSize(3).allSatisfy(request -> {
            assertThat(request.body()).isEqualTo(body);
            assertThat(request.fields().first("content-length")).contains("7");
            assertThat(request.fields().first("content-type")).contains("application/json");
        });
    }

    @Test
    void sendsRequestsWithoutBodyOfEveryMethod() throws IOException {
        replying(Reply.of(204));
        for (String method : List.of("GET", "DELETE", "POST", "PUT", "HEAD")) {
            HttpRequest request = get("/");
            transport
                    .send(new HttpRequest(method, request.uri(), request.fields(), request.body(), request.deadlines()))
                    .close();
        }
        assertThat(peer.requests())
                .extracting(PeerRequest::method)
                .containsExactly("GET", "DELETE", "POST", "PUT", "HEAD");
    }

    @Test
    void readsTheBodyOfARequestOnceAndWhileItIsSent() throws IOException {
        replying(Reply.of(200));
        List<String> opened = new ArrayList<>();
        byte[] large = new byte[3 << 20];
        HttpBody body = new HttpBody() {
            @Override
            public long length() {
                return large.length;
            }

            @Override
            public InputStream open() {
                opened.add("opened");
                return new ByteArrayInputStream(large);
            }
        };
        transport
                .send(HttpRequest.sending("PUT", peer.uri("/x"), "application/octet-stream", body))
                .close();
        assertThat(opened).hasSize(1);
        assertThat(peer.requests().get(0).body()).isEqualTo(large);
    }

    @Test
    void givesEveryFieldOfTheResponse() throws IOException {
        HttpFields fields = HttpFields.of(List.of(
                new HttpFields.Field("Retry-After", "0"),
                new HttpFields.Field("X-Twice", "one"),
                new HttpFields.Field("x-twice", "two")));
        replying(new Reply(200, fields, HttpBody.of(new byte[0]), new Flaw.None()));
        try (HttpResponse response = transport.send(get("/"))) {
            assertThat(response.fields().joined("X-TWICE")).contains("one, two");
            assertThat(response.fields().first("retry-after")).contains("0");
        }
    }

    @Test
    void sendsEachRequestOnceWhateverTheStatus() throws IOException {
        List<Integer> statuses = List.of(
                200, 204, 301, 302, 303, 307, 308, 400, 401, 403, 404, 407, 408, 409, 410, 412, 416, 421, 423, 429, 500,
                501, 502, 503, 504, 507, 509);
        List<Integer> left = new ArrayList<>(statuses);
        meet(WirePeer.secure(
                identity,
                request -> Reply.of(left.remove(0))
                        .with("Location", "/elsewhere")
                        .with("Retry-After", "0")
                        .with("WWW-Authenticate", "Basic realm=\"x\"")
                        .with("Set-Cookie", "a=b")));
        for (int status : statuses) {
            try (HttpResponse response = transport.send(get("/" + status))) {
                assertThat(response.status()).isEqualTo(status);
                assertThat(response.fields().first("location")).contains("/elsewhere");
                assertThat(response.fields().first("retry-after")).contains("0");
            }
        }
        assertThat(peer.requests())
                .hasSameSizeAs(statuses)
                .allSatisfy(
                        request -> assertThat(request.fields().first("cookie")).isEmpty());
    }

    @Test
    void leavesCodingsToOthers() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(new byte[10_000]);
        }
        replying(Reply.of(200).with("Content-Encoding", "gzip").with(zipped.toByteArray()));
        try (HttpResponse response = transport.send(get("/").with("Accept-Encoding", "gzip"))) {
            assertThat(response.fields().first("content-encoding")).contains("gzip");
            assertThat(response.body().readAllBytes()).isEqualTo(zipped.toByteArray());
        }
    }

    @Test
    void handsTheBodyOverWhileItIsOnItsWay() throws IOException {
        CountDownLatch firstRead = new CountDownLatch(1);
        replying(Reply.of(200).with(new HttpBody() {
            @Override
            public long length() {
                return 1 << 20;
            }

            @Override
            public InputStream open() {
                return new LatchedBytes(1 << 19, firstRead);
            }
        }));
        try (HttpResponse response = transport.send(get("/"))) {
            assertThat(response.body().readNBytes(1 << 18)).hasSize(1 << 18);
            firstRead.countDown();
            assertThat(response.body().readAllBytes()).hasSize((1 << 20) - (1 << 18));
        }
    }

    @Test
    void usesAConnectionAgainWhoseBodyWasReadToItsEnd() throws IOException {
        replying(Reply.json(200, "{}"));
        for (int i = 0; i < 5; i++) {
            try (HttpResponse response = transport.send(get("/"))) {
                response.body().readAllBytes();
            }
        }
        assertThat(peer.connections()).isEqualTo(1);
    }

    @Test
    void goesOnAfterABodyThatNobodyReadToItsEnd() throws IOException {
        replying(Reply.of(200).with(new byte[20 << 20]));
        for (int i = 0; i < 3; i++) {
            try (HttpResponse response = transport.send(get("/"))) {
                assertThat(response.body().read()).isZero();
            }
        }
        assertThat(peer.requests()).hasSize(3);
    }

    @Test
    void saysThatABodyBrokeOff() {
        for (Flaw flaw :
                List.of(new Flaw.Cut(100_000, false), new Flaw.Cut(100_000, true), new Flaw.WrongLength(300_000))) {
            replying(Reply.of(200).with(new byte[200_000]).spoilt(flaw));
            failsIn(Phase.BODY, () -> {
                try (HttpResponse response = transport.send(get("/"))) {
                    response.body().readAllBytes();
                }
            });
        }
    }

    @Test
    void saysThatABodyStandsStill() {
        replying(Reply.of(200).with(new byte[200_000]).spoilt(new Flaw.Stall(100_000)));
        failsIn(Phase.BODY, () -> {
            try (HttpResponse response = transport.send(get("/").within(SHORT))) {
                response.body().readAllBytes();
            }
        });
    }

    @Test
    void waitsForABodyLongerThanForTheFirstByteIfToldTo() throws IOException {
        replying(Reply.of(200).with(new byte[3]).spoilt(new Flaw.Drip(1, Duration.ofMillis(700))));
        Deadlines patient = new Deadlines(Duration.ofSeconds(5), Duration.ofMillis(500), Duration.ofSeconds(20));
        try (HttpResponse response = transport.send(get("/").within(patient))) {
            assertThat(response.body().readAllBytes()).hasSize(3);
        }
    }

    @Test
    void saysThatThereIsNoResponse() {
        for (Flaw flaw : List.of(new Flaw.Silence(), new Flaw.Gone(false), new Flaw.Gone(true), new Flaw.Garbage())) {
            replying(Reply.of(200).spoilt(flaw));
            failsIn(Phase.RESPONSE, () -> transport.send(get("/").within(SHORT)));
            assertThat(peer.requests()).as("requests of %s", flaw).hasSize(1);
        }
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        failsIn(Phase.CONNECT, () -> transport.send(HttpRequest.get(URI.create("https://localhost:" + port + "/"))));
    }

    @Test
    void saysThatANameHasNoAddress() {
        failsIn(Phase.RESOLVE, () -> transport.send(HttpRequest.get(URI.create("https://nowhere.invalid/"))));
    }

    @Test
    void saysThatACertificateIsNotTrusted() {
        meet(WirePeer.secure(ServerIdentity.of("localhost"), request -> Reply.of(200)));
        failsIn(Phase.TLS, () -> transport.send(get("/")));
        assertThat(peer.requests()).isEmpty();
    }

    @Test
    void saysThatACertificateIsForAnotherName() {
        ServerIdentity other = ServerIdentity.of("other.example");
        meet(WirePeer.secure(other, request -> Reply.of(200)));
        try (HttpTransport trusting = transport(other.trust())) {
            failsIn(Phase.TLS, () -> trusting.send(get("/")));
        }
        assertThat(peer.requests()).isEmpty();
    }

    @Test
    void saysThatThePeerSpeaksNoTls() {
        meet(WirePeer.plain(request -> Reply.of(200)));
        URI secure = URI.create("https://localhost:" + peer.port() + "/");
        failsIn(Phase.TLS, () -> transport.send(HttpRequest.get(secure)));
    }

    @Test
    void speaksWithoutTlsWhereTheAddressSaysSo() throws IOException {
        meet(WirePeer.plain(request -> Reply.json(200, "{}")));
        try (HttpResponse response = transport.send(get("/"))) {
            assertThat(response.body().readAllBytes()).hasSize(2);
        }
    }

    @Test
    void saysThatTheRequestsOwnBodyCannotBeRead() {
        replying(Reply.of(200));
        HttpBody broken = new HttpBody() {
            @Override
            public long length() {
                return 10;
            }

            @Override
            public InputStream open() throws IOException {
                throw new IOException("the disk is gone");
            }
        };
        failsIn(Phase.REQUEST, () -> transport.send(HttpRequest.sending("PUT", peer.uri("/"), "text/plain", broken)));
    }

    @Test
    void servesManyThreadsAtOnce() throws Exception {
        meet(WirePeer.secure(
                identity, request -> Reply.of(200).with(request.path().getBytes(StandardCharsets.UTF_8))));
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String path = "/" + i;
                answers.add(threads.submit(() -> {
                    try (HttpResponse response = transport.send(get(path))) {
                        return new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
                    }
                }));
            }
            for (int i = 0; i < 200; i++) {
                assertThat(answers.get(i).get(30, TimeUnit.SECONDS)).isEqualTo("/" + i);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void keepsTheFlagOfAnInterruptedThread() {
        replying(Reply.of(200));
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> transport.send(get("/"))).isInstanceOf(TransportException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static void failsIn(Phase phase, ThrowingCallable exchange) {
        assertThatThrownBy(exchange).isInstanceOfSatisfying(TransportException.class, failed -> {
            assertThat(failed.phase()).as(failed.getMessage()).isEqualTo(phase);
            assertThat(failed.getMessage()).isNotBlank().hasLineCount(1);
        });
    }
}
