// SPDX-License-Identifier: Apache-2.0
package io.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.diagnosis.Cause;
import io.holdfast.diagnosis.Diagnosis;
import io.holdfast.diagnosis.Finding;
import io.holdfast.diagnosis.Layer;
import io.holdfast.identity.TokenAnswer;
import io.holdfast.simulators.http.FaultProxy;
import io.holdfast.simulators.http.Flaw;
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
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every kind of trouble between us and a service, alone and two at once, over real sockets: the verdict names the right layers. */
@Timeout(60)
final class DoctorTest extends DoctorBench {
    @AfterEach
    void closeAll() {
        close();
    }

    private void found(Diagnosis diagnosis, Layer... layers) {
        assertThat(layers(diagnosis))
                .as(diagnosis.verdict() + diagnosis.findings())
                .containsExactly(layers);
        assertThat(diagnosis.verdict()).hasLineCount(1).contains("since 2030-01-01");
    }

    private FaultProxy lossy() {
        return closing(new FaultProxy(
                service.port(),
                number -> number % 3 == 0 ? new FaultProxy.Fate.Swallow() : new FaultProxy.Fate.Pass()));
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
