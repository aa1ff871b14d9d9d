// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that discards what is put, makes up what is read, and lists as many keys as it was told. */
final class EndlessS3 implements AutoCloseable {
    private static final int PAGE = 1000;
    private static final Pattern TOKEN = Pattern.compile("continuation-token=(\\d+)");
    private static final String XMLNS = " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final long objectBytes;
    private final int keys;
    private final AtomicLong received = new AtomicLong();

    EndlessS3(long objectBytes, int keys) throws IOException {
        this.objectBytes = objectBytes;
        this.keys = keys;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** How many bytes of objects came. */
    long received() {
        return received.get();
    }

    S3ObjectStoreBuilder store() {
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new S3Server(endpoint, S3Credentials.of("access", "secret")).store("bucket");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            switch (exchange.getRequestMethod()) {
                case "PUT" -> take(exchange);
                case "POST" ->
                    xml(
                            exchange,
                            query.startsWith("uploads")
                                    ? "<InitiateMultipartUploadResult" + XMLNS
                                            + "><UploadId>1</UploadId></InitiateMultipartUploadResult>"
                                    : "<CompleteMultipartUploadResult" + XMLNS
                                            + "><ETag>1</ETag></CompleteMultipartUploadResult>");
                default -> {
                    if (query.startsWith("versioning")) {
                        xml(exchange, "<VersioningConfiguration" + XMLNS + "/>");
                    } else if (query.contains("list-type=2")) {
                        xml(exchange, page(query));
                    } else {
                        give(exchange);
                    }
                }
            }
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        try (InputStream in = exchange.getRequestBody()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                received.addAndGet(n);
            }
        }
        exchange.getResponseHeaders().set("ETag", "\"1\"");
        exchange.sendResponseHeaders(200, -1);
    }

    private void give(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, objectBytes);
        byte[] buffer = new byte[64 * 1024];
        try (OutputStream out = exchange.getResponseBody()) {
            for (long left = objectBytes; left > 0; left -= buffer.length) {
                out.write(buffer, 0, (int) Math.min(buffer.length, left));
            }
        }
    }

    private String page(String query) {
        Matcher token = TOKEN.matcher(query);
        int from = token.find() ? Integer.parseInt(token.group(1)) : 0;
        int to = Math.min(keys, from + PAGE);
        StringBuilder xml = new StringBuilder("<ListBucketResult").append(XMLNS).append(">");
        for (int i = from; i < to; i++) {
            xml.append("<Contents><Key>data/")
                    .append(i)
                    .append(
                            "</Key><LastModified>2030-01-01T00:00:00.000Z</LastModified><ETag>1</ETag><Size>1</Size></Contents>");
        }
        xml.append("<IsTruncated>").append(to < keys).append("</IsTruncated>");
        if (to < keys) {
            xml.append("<NextContinuationToken>").append(to).append("</NextContinuationToken>");
        }
        return xml.append("</ListBucketResult>").toString();
    }

    private static void xml(HttpExchange exchange, String body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
