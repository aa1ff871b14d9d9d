// SPDX-License-Identifier: Apache-2.0
package io.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.exchange.HttpRequest;
import io.holdfast.exchange.HttpResponse;
import io.holdfast.exchange.TransportException;
import io.holdfast.exchange.TransportException.Phase;
import io.holdfast.simulators.http.PeerRequest;
import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.http.WirePeer;
import java.io.IOException;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ProxyTest {
    private static final HttpRequest SECURE = HttpRequest.get(URI.create("https://graph.example/v1.0/me"));

    private WirePeer proxy = WirePeer.plain(request -> Reply.of(200));

    private OkHttpTransportBuilder through(Function<PeerRequest, Reply> script) {
        proxy.close();
        proxy = WirePeer.plain(script);
        return OkHttpTransport.builder().proxy("localhost", proxy.port());
    }

    @AfterEach
    void closeProxy() {
        proxy.close();
    }

    @Test
    void asksTheProxyForAWayWithoutResolvingTheNameItself() {
        try (OkHttpTransport transport = through(request -> Reply.of(403).with("Content-Type", "text/html"))
                .build()) {
            assertThatThrownBy(() -> transport.send(SECURE))
                    .isInstanceOfSatisfying(TransportException.class, failed -> {
                        assertThat(failed.phase()).isEqualTo(Phase.CONNECT);
                        assertThat(failed.getMessage()).contains("403");
                    });
        }
        assertThat(proxy.requests()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("CONNECT");
            assertThat(request.target()).isEqualTo("graph.example:443");
        });
    }

    @Test
    void saysThatTheProxyWantsToKnowWhoWeAre() {
        try (OkHttpTransport transport = through(ProxyTest::demanding).build()) {
            assertThatThrownBy(() -> transport.send(SECURE))
                    .isInstanceOfSatisfying(TransportException.class, failed -> {
                        assertThat(failed.phase()).isEqualTo(Phase.CONNECT);
                        assertThat(failed.getMessage()).containsIgnoringCase("authenticate with proxy");
                    });
        }
    }

    @Test
    void tellsTheProxyWhoWeAreOnceAndTakesNoForAnAnswer() {
        try (OkHttpTransport transport = through(ProxyTest::demanding)
                .proxyCredentials(() -> new PasswordAuthentication("ana", "wrong".toCharArray()))
                .build()) {
            assertThatThrownBy(() -> transport.send(SECURE))
                    .isInstanceOfSatisfying(
                            TransportException.class,
                            failed -> assertThat(failed.phase()).isEqualTo(Phase.CONNECT));
        }
        assertThat(proxy.requests())
                .extracting(
                        request -> request.fields().first("proxy-authorization").isPresent())
                .containsExactly(true);
    }

    @Test
    void goesThroughAProxyWithoutTlsToo() throws IOException {
        try (OkHttpTransport transport = through(
                        request -> request.fields().first("proxy-authorization").isPresent()
                                ? Reply.json(200, "{}")
                                : demanding(request))
                .proxyCredentials(() -> new PasswordAuthentication("ana", "right".toCharArray()))
                .build()) {
            try (HttpResponse response = transport.send(HttpRequest.get(URI.create("http://service.example/x")))) {
                assertThat(response.status()).isEqualTo(200);
            }
        }
        assertThat(proxy.requests().get(1).target()).isEqualTo("http://service.example/x");
    }

    @Test
    void saysThatTheProxyIsNotThere() {
        OkHttpTransportBuilder builder = through(request -> Reply.of(200));
        proxy.close();
        try (OkHttpTransport transport = builder.build()) {
            assertThatThrownBy(() -> transport.send(SECURE))
                    .isInstanceOfSatisfying(
                            TransportException.class,
                            failed -> assertThat(failed.phase()).isEqualTo(Phase.CONNECT));
        }
    }

    private static Reply demanding(PeerRequest request) {
        return Reply.of(407).with("Proxy-Authenticate", "Basic realm=\"way out\"");
    }
}
