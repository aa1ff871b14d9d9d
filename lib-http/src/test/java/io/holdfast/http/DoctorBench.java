// SPDX-License-Identifier: Apache-2.0
package io.holdfast.http;

import io.holdfast.diagnosis.Cause;
import io.holdfast.diagnosis.Diagnosis;
import io.holdfast.diagnosis.Doctor;
import io.holdfast.diagnosis.Egress;
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
import io.holdfast.simulators.http.PeerRequest;
import io.holdfast.simulators.http.Reply;
import io.holdfast.simulators.http.ServerIdentity;
import io.holdfast.simulators.http.WirePeer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An identity service and a service on real sockets, a doctor who examines the way to them, and what may be wrong with it. */
class DoctorBench implements AutoCloseable {
    private static final ServerIdentity CERTIFICATE = ServerIdentity.of("localhost");
    private static final Deadlines SHORT =
            new Deadlines(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));
    private static final Instant SINCE = Instant.parse("2030-01-01T00:00:00Z");
    private static final Scope APPLICATION = Scope.provider("m365")
            .within(ScopeLevel.CLOUD, "global")
            .within(ScopeLevel.TENANT, "t")
            .within(ScopeLevel.APPLICATION, "a");

    private final TimeSource time = TimeSource.system();
    private final Randomness randomness = Randomness.secure();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    Reply tokenReply = Reply.json(200, "{\"access_token\":\"t\"}");
    Reply mail = Reply.json(200, "{}");
    Reply files = Reply.json(200, "{}");
    Reply large = Reply.of(200).with(new byte[400_000]);
    private final WirePeer identity = closing(WirePeer.secure(CERTIFICATE, request -> tokenReply));
    final WirePeer service = closing(WirePeer.secure(CERTIFICATE, this::serve));
    private final OkHttpTransport transport =
            closing(OkHttpTransport.builder().trust(CERTIFICATE.trust()).build());
    final Egress direct = new Egress("direct", Optional.empty(), Optional.of(CERTIFICATE.trust()), transport);
    URI authority = identity.uri("/");
    URI base = service.uri("/");

    <T extends AutoCloseable> T closing(T one) {
        open.push(one);
        return one;
    }

    Reply serve(PeerRequest request) {
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

    Diagnosis examine(Egress... ways) {
        return examine(this::ask, ways);
    }

    Diagnosis examine(TokenEndpoint endpoint, Egress... ways) {
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

    static List<Layer> layers(Diagnosis diagnosis) {
        return diagnosis.causes().stream().map(Cause::layer).toList();
    }

    static URI at(int port) {
        return URI.create("https://localhost:" + port + "/");
    }

    int closedPort() throws IOException {
        try (ServerSocket closed = new ServerSocket(0)) {
            return closed.getLocalPort();
        }
    }

    Egress through(Reply answer) {
        WirePeer proxy = closing(WirePeer.plain(request -> answer));
        return through("proxy", proxy.port());
    }

    Egress through(String name, int port) {
        OkHttpTransport proxied = closing(OkHttpTransport.builder()
                .trust(CERTIFICATE.trust())
                .proxy("localhost", port)
                .build());
        return new Egress(
                name,
                Optional.of(new HttpProxy("localhost", port, Optional.empty())),
                Optional.of(CERTIFICATE.trust()),
                proxied);
    }

    @Override
    public void close() {
        for (AutoCloseable each : open) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException("a peer does not close", e);
            }
        }
    }
}
