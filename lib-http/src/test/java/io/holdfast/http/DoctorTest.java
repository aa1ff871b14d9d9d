// SPDX-License-Identifier: Apache-2.0
package io.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.diagnosis.Cause;
import io.holdfast.diagnosis.Diagnosis;
import io.holdfast.diagnosis.Doctor;
import io.holdfast.diagnosis.Egress;
import io.holdfast.diagnosis.Finding;
import io.holdfast.diagnosis.HttpProxy;
import io.holdfast.diagnosis.Layer;
import io.holdfast.diagnosis.Ping;
import io.holdfast.exchange.Access;
import io.holdfast.exchange.Deadlines;
import io.holdfast.exchange.HttpBody;
import io.holdfast.exchange.HttpRequest;
import io.holdfast.exchange.HttpResponse;
import io.holdfast.exchange.TransportException;
import io.holdfast.identity.Credential;
import io.holdfast.identity.TokenAnswer;
import io.holdfast.identity.TokenEndpoint;
import io.holdfast.identity.TokenRequest;
import io.holdfast.identity.TokenSource;
import io.holdfast.identity.TokenSources;
import io.holdfast.pacing.Scope;
import io.holdfast.pacing.ScopeLevel;
import io.holdfast.runtime.Randomness;
import io.holdfast.runtime.TimeSource;
import io.holdfast.simulators.http.FaultProxy;
import io.holdfast.simulators.http.Flaw;
import io.holdfast.simulators.http.PeerRequest;
import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.http.ServerIdentity;
import io.holdfast.simulators.http.WirePeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every kind of trouble between us and a service, alone and two at once, over real sockets: the verdict names the right layers. */
@Timeout(60)
final class DoctorTest {
    private static final Deadlines SHORT =
            new Deadlines(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));
    private static final Instant SINCE = Instant.parse("2030-01-01T00:00:00Z");
    private static final Scope APPLICATION = Scope.provider("m365")
            .within(ScopeLevel.CLOUD, "global")
            .within(ScopeLevel.TENANT, "t")
            .within(ScopeLevel.APPLICATION, "a");
    private static ServerIdentity certificate;

    private final TimeSource time = TimeSource.system();
    private final Randomness randomness = Randomness.secure();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private Reply tokenReply = Reply.json(200, "{\"access_token\":\"t\"}");
    private Reply mail = Reply.json(200, "{}");
    private Reply files = Reply.json(200, "{}");
    private Reply large = Reply.of(200).with(new byte[400_000]);
    private final WirePeer identity = closing(WirePeer.secure(certificate, request -> tokenReply));
    private final WirePeer service = closing(WirePeer.secure(certificate, this::serve));
    private final OkHttpTransport transport =
            closing(OkHttpTransport.builder().trust(certificate.trust()).build());
    private final Egress direct = new Egress("direct", Optional.empty(), Optional.of(certificate.trust()), transport);
    private URI authority = identity.uri("/");
    private URI base = service.uri("/");

    @BeforeAll
    static void makeCertificate() {
        certificate = ServerIdentity.of("localhost");
    }

    private <T extends AutoCloseable> T closing(T one) {
        open.push(one);
        return one;
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private Reply serve(PeerRequest request) {
        switch (request.path()) {
            case "/mail":
                return mail;
            case "/files":
                return files;
            default:
                return large;
        }
    }

    private TokenAnswer ask(TokenRequest request) {
        HttpRequest wire = HttpRequest.sending(
                        "POST",
                        authority.resolve("/token"),
                        "application/x-www-form-urlencoded",
                        HttpBody.of(new byte[1]))
                .within(SHORT);
        try (HttpResponse response = transport.send(wire)) {
            if (response.status() == 200) {
                return new TokenAnswer.Granted("t", Duration.ofHours(1), Optional.empty());
            }
            String code = String.valueOf(response.status());
            if (response.status() == 429) {
                return new TokenAnswer.Throttled(ScopeLevel.CLOUD, Optional.of(Duration.ofSeconds(30)), code);
            }
            return response.status() == 401
                    ? new TokenAnswer.Rejected("invalid_client", "renew the secret")
                    : new TokenAnswer.Unavailable(code, "in trouble");
        } catch (TransportException e) {
            return new TokenAnswer.Unavailable(e.phase().name(), String.valueOf(e.getMessage()));
        }
    }

    private Diagnosis examine(Egress... ways) {
        return examine(this::ask, ways);
    }

    private Diagnosis examine(TokenEndpoint endpoint, Egress... ways) {
        TokenSource tokens = TokenSources.builder(time, randomness, Runnable::run)
                .build()
                .of(APPLICATION, () -> Credential.secret("s".toCharArray(), Optional.empty()), endpoint);
        Doctor.Builder doctor = Doctor.builder(time, randomness)
                .identity(authority, new Access(tokens, "graph", Set.of("localhost")))
                .patience(Duration.ofMillis(1500))
                .ping(new Ping("mail", get("/mail"), false))
                .ping(new Ping("files", get("/files"), false))
                .ping(new Ping("large page", get("/large"), true));
        for (Egress way : ways) {
            doctor.egress(way);
        }
        return doctor.build().examine(Optional.of(SINCE));
    }

    private HttpRequest get(String path) {
        return HttpRequest.get(base.resolve(path)).within(SHORT);
    }

    private static List<Layer> layers(Diagnosis diagnosis) {
        return diagnosis.causes().stream().map(Cause::layer).toList();
    }

    private void found(Diagnosis diagnosis, Layer... layers) {
        assertThat(layers(diagnosis))
                .as(diagnosis.verdict() + diagnosis.findings())
                .containsExactly(layers);
        assertThat(diagnosis.verdict()).hasLineCount(1).contains("since 2030-01-01");
    }

    private static URI at(int port) {
        return URI.create("https://localhost:" + port + "/");
    }

    private int closedPort() throws IOException {
        try (ServerSocket closed = new ServerSocket(0)) {
            return closed.getLocalPort();
        }
    }

    private FaultProxy lossy() {
        return closing(new FaultProxy(
                service.port(),
                number -> number % 3 == 0 ? new FaultProxy.Fate.Swallow() : new FaultProxy.Fate.Pass()));
    }

    private Egress through(Reply answer) {
        WirePeer proxy = closing(WirePeer.plain(request -> answer));
        return through("proxy", proxy.port());
    }

    private Egress through(String name, int port) {
        OkHttpTransport proxied = closing(OkHttpTransport.builder()
                .trust(certificate.trust())
                .proxy("localhost", port)
                .build());
        return new Egress(
                name,
                Optional.of(new HttpProxy("localhost", port, Optional.empty())),
                Optional.of(certificate.trust()),
                proxied);
    }

    @Test
    void saysThatAllWorks() {
        Diagnosis diagnosis = examine(direct);
        assertThat(diagnosis.verdict()).isEqualTo("All layers work.");
        assertThat(diagnosis.findings()).allMatch(each -> each.condition() == Finding.Condition.OK);
        assertThat(diagnosis.findings()).anyMatch(each -> each.detail().startsWith("agreed on TLSv1.3 with TLS_AES"));
        assertThat(service.requests())
                .allMatch(each -> each.fields().first("authorization").equals(Optional.of("Bearer t")));
    }

    @Test
    void theNameOfTheIdentityServiceDoesNotResolve() {
        authority = URI.create("https://login.invalid/");
        Diagnosis diagnosis = examine(direct);
        found(diagnosis, Layer.RESOLVE);
        assertThat(diagnosis.verdict()).contains("login.invalid");
    }

    @Test
    void theNameOfTheServiceDoesNotResolve() {
        base = URI.create("https://graph.invalid/");
        found(examine(direct), Layer.RESOLVE);
    }

    @Test
    void theConnectionIsRefused() throws IOException {
        base = at(closedPort());
        found(examine(direct), Layer.CONNECT);
    }

    @Test
    void packetsAreDroppedSilently() throws IOException {
        // A full backlog: the kernel drops what comes.
        ServerSocket deaf = closing(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        for (int i = 0; i < 3; i++) {
            Socket waiting = closing(new Socket());
            try {
                waiting.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), deaf.getLocalPort()), 200);
            } catch (IOException e) {
                // The backlog is full already.
                break;
            }
        }
        base = at(deaf.getLocalPort());
        Diagnosis diagnosis = examine(direct);
        found(diagnosis, Layer.CONNECT);
        assertThat(diagnosis.verdict()).contains("nothing answers within 1500 ms");
    }

    @Test
    void aThirdOfTheConnectionsIsLost() {
        base = at(lossy().port());
        Diagnosis diagnosis = examine(direct);
        found(diagnosis, Layer.PATH);
        assertThat(diagnosis.verdict()).contains("3 of 10 connections failed");
    }

    @Test
    void largerAnswersBreakOffWhileSmallOnesPass() {
        large = large.spoilt(new Flaw.Cut(100_000, true));
        Diagnosis diagnosis = examine(direct);
        found(diagnosis, Layer.PATH);
        assertThat(diagnosis.verdict()).contains("large page");
    }

    @Test
    void thePeerTakesTls11Only() {
        LegacyTlsPeer old = closing(new LegacyTlsPeer(0x0302, List.of(0xC013, 0x002F)));
        base = at(old.port());
        Diagnosis diagnosis = examine(direct);
        found(diagnosis, Layer.TLS);
        assertThat(diagnosis.verdict())
                .contains("we offered TLSv1.3, TLSv1.2")
                .contains(
                        "would take TLS 1.1 with TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, TLS 1.1 with TLS_RSA_WITH_AES_128_CBC_SHA");
        assertThat(old.greetings.get()).isLessThanOrEqualTo(24);
    }

    @Test
    void noCipherIsInCommon() {
        LegacyTlsPeer odd = closing(new LegacyTlsPeer(0x0303, List.of(0x0084, 0x0005)));
        base = at(odd.port());
        Diagnosis diagnosis = examine(direct);
        found(diagnosis, Layer.TLS);
        assertThat(diagnosis.verdict())
                .contains(
                        "would take TLS 1.2 with TLS_RSA_WITH_CAMELLIA_256_CBC_SHA, TLS 1.2 with TLS_RSA_WITH_RC4_128_SHA");
    }

    @Test
    void anInterceptingProxyShowsACertificateOfItsOwn() {
        WirePeer interceptor = closing(WirePeer.secure(ServerIdentity.of("localhost"), this::serve));
        base = interceptor.uri("/");
        Diagnosis diagnosis = examine(direct);
        found(diagnosis, Layer.TLS);
        assertThat(diagnosis.verdict()).contains("not trusted; it was issued by CN=localhost");
    }

    @Test
    void theProxyWantsToKnowWhoWeAre() {
        Diagnosis diagnosis = examine(through(Reply.of(407).with("Proxy-Authenticate", "Basic realm=\"x\"")));
        assertThat(layers(diagnosis)).containsOnly(Layer.PROXY);
        assertThat(diagnosis.verdict()).contains("407").contains("credentials");
    }

    @Test
    void theProxyAnswersWithAPage() {
        Diagnosis diagnosis = examine(through(Reply.of(403)
                .with("Content-Type", "text/html")
                .with("<html>No</html>".getBytes(java.nio.charset.StandardCharsets.UTF_8))));
        assertThat(layers(diagnosis)).containsOnly(Layer.PROXY);
        assertThat(diagnosis.verdict()).contains("403");
    }

    @Test
    void aPageComesInThePlaceOfTheServicesAnswer() {
        Reply page = Reply.of(200)
                .with("Content-Type", "text/html")
                .with("<html>Log in</html>".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        mail = page;
        files = page;
        Diagnosis diagnosis = examine(direct);
        assertThat(layers(diagnosis)).containsOnly(Layer.PROXY);
    }

    @Test
    void theIdentityServiceIsDown() {
        tokenReply = Reply.of(503);
        Diagnosis diagnosis = examine(direct);
        found(diagnosis, Layer.TOKEN);
        assertThat(diagnosis.verdict()).contains("503");
    }

    @Test
    void theIdentityServiceThrottles() {
        tokenReply = Reply.of(429);
        Diagnosis diagnosis = examine(direct);
        found(diagnosis, Layer.TOKEN);
        assertThat(diagnosis.verdict()).contains("429").contains("Wait");
    }

    @Test
    void theSecretIsRejected() {
        tokenReply = Reply.of(401);
        Diagnosis diagnosis = examine(direct);
        found(diagnosis, Layer.TOKEN);
        assertThat(diagnosis.verdict()).contains("renew the secret");
    }

    @Test
    void aPermissionIsMissing() {
        files = Reply.json(403, "{\"error\":{}}");
        Diagnosis diagnosis = examine(direct);
        found(diagnosis, Layer.PERMISSION);
        assertThat(diagnosis.causes().get(0).target()).isEqualTo("files");
    }

    @Test
    void theServiceThrottlesEverywhere() {
        mail = Reply.of(429).with("Retry-After", "30");
        files = mail;
        Diagnosis diagnosis = examine(direct);
        found(diagnosis, Layer.SERVICE);
        assertThat(diagnosis.causes().get(0).target()).isEqualTo("every part");
        assertThat(diagnosis.verdict()).contains("429").contains("Wait");
    }

    @Test
    void onePartOfTheServiceIsDown() {
        files = Reply.of(503);
        Diagnosis diagnosis = examine(direct);
        found(diagnosis, Layer.SERVICE);
        assertThat(diagnosis.causes().get(0).target()).isEqualTo("files");
    }

    @Test
    void theIdentityServiceIsDownWhileThePathIsBad() {
        tokenReply = Reply.of(503);
        base = at(lossy().port());
        found(examine(direct), Layer.PATH, Layer.TOKEN);
    }

    @Test
    void tlsIsRefusedAtOneHostWhileTheOtherThrottles() {
        LegacyTlsPeer old = closing(new LegacyTlsPeer(0x0302, List.of(0xC013)));
        authority = at(old.port());
        tokenReply = Reply.of(429);
        base = service.uri("/");
        mail = Reply.of(429);
        files = mail;
        // The token that opens the service was obtained before.
        Diagnosis diagnosis =
                examine(request -> new TokenAnswer.Granted("t", Duration.ofHours(1), Optional.empty()), direct);
        found(diagnosis, Layer.TLS, Layer.SERVICE);
    }

    @Test
    void theProxyIsDeadWhileTheSecretHasExpired() throws IOException {
        tokenReply = Reply.of(401);
        Diagnosis diagnosis = examine(direct, through("dead proxy", closedPort()));
        assertThat(layers(diagnosis)).contains(Layer.PROXY, Layer.TOKEN).containsOnly(Layer.PROXY, Layer.TOKEN);
        assertThat(diagnosis.causes())
                .filteredOn(cause -> cause.layer() == Layer.PROXY)
                .allMatch(cause -> cause.egress().equals("dead proxy"));
    }

    @Test
    void onePartIsDownWhileAnotherThrottles() {
        mail = Reply.of(429);
        files = Reply.of(503);
        Diagnosis diagnosis = examine(direct);
        found(diagnosis, Layer.SERVICE, Layer.SERVICE);
        assertThat(diagnosis.causes()).extracting(Cause::target).containsExactlyInAnyOrder("mail", "files");
    }
}
