// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;

/**
 * A server on the loopback address that discards what is put, makes up what is read, and keeps nothing, for tests of memory.
 *
 * <p>Safe for use by several threads.
 */
public final class EndlessServer implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final long objectBytes;
    private final BiFunction<String, String, Optional<String>> documents;
    private final AtomicLong received = new AtomicLong();

    /**
     * Starts a server.
     *
     * @param objectBytes how long everything is that is read
     * @param documents takes a method and a query and gives the XML that is answered; empty for requests that put or read content
     */
    public EndlessServer(long objectBytes, BiFunction<String, String, Optional<String>> documents) {
        this.objectBytes = objectBytes;
        this.documents = Objects.requireNonNull(documents, "documents");
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /**
     * Where it listens.
     *
     * @param path the path
     * @return an address
     */
    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /**
     * How much content came.
     *
     * @return bytes
     */
    public long received() {
        return received.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            exchange.getResponseHeaders().set("ETag", "\"1\"");
            exchange.getResponseHeaders().set("Last-Modified", "Tue, 01 Jan 2030 00:00:00 GMT");
            Optional<String> document = documents.apply(
                    method, String.valueOf(exchange.getRequestURI().getQuery()));
            int status = method.equals("PUT") ? 201 : 200;
            if (document.isPresent()) {
                answer(exchange, status, document.get());
            } else if (method.equals("PUT")) {
                take(exchange);
                exchange.sendResponseHeaders(status, -1);
            } else {
                give(exchange);
            }
        }
    }

    private static void answer(HttpExchange exchange, int status, String document) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = exchange.getRequestBody()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                received.addAndGet(n);
            }
        }
    }

    private void give(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, objectBytes);
        byte[] buffer = new byte[BUFFER];
        try (OutputStream out = exchange.getResponseBody()) {
            for (long left = objectBytes; left > 0; left -= buffer.length) {
                out.write(buffer, 0, (int) Math.min(buffer.length, left));
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
