// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A server that answers every request but the one for versions, which a store makes when it is opened, as it was told. */
final class ScriptedS3 implements AutoCloseable {
    private static final String VERSIONS =
            "<VersioningConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">%s</VersioningConfiguration>";

    private final String status;
    private final HttpServer server;
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

    /** What is answered. */
    @FunctionalInterface
    interface Reply {
        void to(HttpExchange exchange) throws IOException;
    }

    /**
     * A whole answer.
     *
     * @param status its status
     * @param body its body
     * @param headers its headers beside the usual ones
     */
    record Answer(int status, String body, Map<String, String> headers) implements Reply {
        static Answer error(int status, String code) {
            return new Answer(
                    status,
                    "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>because of " + code
                            + "</Message><RequestId>1</RequestId></Error>",
                    Map.of("Content-Type", "application/xml"));
        }

        Answer with(String header, String value) {
            java.util.HashMap<String, String> more = new java.util.HashMap<>(headers);
            more.put(header, value);
            return new Answer(status, body, more);
        }

        @Override
        public void to(HttpExchange exchange) throws IOException {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            headers.forEach(exchange.getResponseHeaders()::set);
            boolean none = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(status, none ? -1 : bytes.length);
            if (!none) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    private volatile Reply reply = new Answer(500, "", Map.of());

    /** A bucket without versions. */
    ScriptedS3() {
        this("");
    }

    /** A bucket with versions. */
    static ScriptedS3 withVersions() {
        return new ScriptedS3("<Status>Enabled</Status>");
    }

    private ScriptedS3(String status) {
        this.status = status;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            boolean versions =
                    String.valueOf(exchange.getRequestURI().getQuery()).startsWith("versioning");
            if (versions) {
                new Answer(200, VERSIONS.formatted(status), Map.of("Content-Type", "application/xml")).to(exchange);
                return;
            }
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            reply.to(exchange);
        }
    }

    /** Answers so from now on. */
    void answer(Reply next) {
        reply = next;
    }

    /** The requests that came, but those for versions. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    S3ObjectStoreBuilder store() {
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new S3Server(endpoint, S3Credentials.of("access", "secret")).store("bucket");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
