// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.link;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.runtime.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * As much of S3 as a store in a bucket without versions asks for, in memory, so that the server costs next to nothing and every request is counted.
 * Knows one bucket and no parts, believes every signature, and honours conditions. Safe for use by several threads.
 */
public final class MemoryS3 implements AutoCloseable {
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    private static final String BUCKET = "/bucket";
    private static final DateTimeFormatter DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "s3");
        thread.setDaemon(true);
        return thread;
    });
    private final ConcurrentSkipListMap<String, Stored> objects = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();
    private final AtomicLong tags = new AtomicLong();

    private record Stored(byte[] bytes, String etag) {}

    /** Starts it on a free port of the loopback address. */
    public MemoryS3() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** Its port. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** How many requests came since the last call, by verb; listings are {@code LIST}. */
    public Map<String, Long> takeRequests() {
        Map<String, Long> taken = new TreeMap<>();
        requests.forEach((verb, count) -> taken.put(verb, count.sumThenReset()));
        taken.values().removeIf(count -> count == 0);
        return taken;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            String key = path.length() > BUCKET.length() ? path.substring(BUCKET.length() + 1) : "";
            boolean list = query.contains("list-type");
            requests.computeIfAbsent(list ? "LIST" : exchange.getRequestMethod(), verb -> new LongAdder())
                    .increment();
            exchange.getResponseHeaders()
                    .set("Last-Modified", DATE.format(TimeSource.system().now()));
            switch (exchange.getRequestMethod()) {
                case "PUT" -> put(exchange, key);
                case "HEAD" -> head(exchange, key);
                case "DELETE" -> {
                    objects.remove(key);
                    exchange.sendResponseHeaders(204, -1);
                }
                case "POST" -> {
                    if (query.startsWith("delete")) {
                        deleteAll(exchange);
                    } else {
                        error(exchange, 501, "NotImplemented");
                    }
                }
                default -> {
                    if (key.isEmpty()) {
                        answer(exchange, list ? listing(query) : HEAD + "<VersioningConfiguration/>");
                    } else {
                        get(exchange, key);
                    }
                }
            }
        }
    }

    private void put(HttpExchange exchange, String key) throws IOException {
        int length = Integer.parseInt(exchange.getRequestHeaders().getFirst("Content-Length"));
        byte[] bytes = new byte[length];
        exchange.getRequestBody().readNBytes(bytes, 0, length);
        Stored next = new Stored(bytes, "\"" + tags.incrementAndGet() + "\"");
        @Nullable String none = exchange.getRequestHeaders().getFirst("If-None-Match");
        @Nullable String match = exchange.getRequestHeaders().getFirst("If-Match");
        Stored now = objects.compute(key, (name, before) -> {
            boolean holds = none != null
                    ? before == null
                    : match == null
                            || before != null && before.etag.replace("\"", "").equals(match.replace("\"", ""));
            return holds ? next : before;
        });
        if (now != null && now.etag.equals(next.etag)) {
            exchange.getResponseHeaders().set("ETag", next.etag);
            exchange.sendResponseHeaders(200, -1);
        } else {
            error(exchange, 412, "PreconditionFailed");
        }
    }

    private void head(HttpExchange exchange, String key) throws IOException {
        if (key.isEmpty()) {
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        @Nullable Stored stored = objects.get(key);
        if (stored == null) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        exchange.getResponseHeaders().set("ETag", stored.etag);
        exchange.getResponseHeaders().set("Content-Length", Integer.toString(stored.bytes.length));
        exchange.sendResponseHeaders(200, -1);
    }

    private void get(HttpExchange exchange, String key) throws IOException {
        @Nullable Stored stored = objects.get(key);
        if (stored == null) {
            error(exchange, 404, "NoSuchKey");
            return;
        }
        int length = stored.bytes.length;
        int from = 0;
        int to = length;
        @Nullable String range = exchange.getRequestHeaders().getFirst("Range");
        if (range != null) {
            String[] ends = range.substring("bytes=".length()).split("-", -1);
            from = ends[0].isEmpty() ? Math.max(0, length - Integer.parseInt(ends[1])) : Integer.parseInt(ends[0]);
            to = ends[0].isEmpty() || ends[1].isEmpty() ? length : (int) Math.min(length, Long.parseLong(ends[1]) + 1);
            if (from >= length) {
                error(exchange, 416, "InvalidRange");
                return;
            }
            exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + length);
        }
        exchange.getResponseHeaders().set("ETag", stored.etag);
        exchange.sendResponseHeaders(range == null ? 200 : 206, to == from ? -1 : to - from);
        exchange.getResponseBody().write(stored.bytes, from, to - from);
    }

    private void deleteAll(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        for (String each : body.split("<Key>", -1)) {
            objects.remove(each.substring(0, Math.max(0, each.indexOf("</Key>"))));
        }
        answer(exchange, HEAD + "<DeleteResult/>");
    }

    /** All in one page. */
    private String listing(String query) {
        String prefix = "";
        for (String each : query.split("&", -1)) {
            prefix = each.startsWith("prefix=") ? each.substring("prefix=".length()) : prefix;
        }
        StringBuilder xml = new StringBuilder(HEAD + "<ListBucketResult><IsTruncated>false</IsTruncated>");
        for (Map.Entry<String, Stored> each :
                objects.subMap(prefix, prefix + Character.MAX_VALUE).entrySet()) {
            xml.append("<Contents><Key>")
                    .append(each.getKey())
                    .append("</Key><LastModified>1970-01-01T00:00:00Z</LastModified><ETag>")
                    .append(each.getValue().etag.replace("\"", ""))
                    .append("</ETag><Size>")
                    .append(each.getValue().bytes.length)
                    .append("</Size></Contents>");
        }
        return xml.append("</ListBucketResult>").toString();
    }

    private static void error(HttpExchange exchange, int status, String code) throws IOException {
        answer(exchange, status, HEAD + "<Error><Code>" + code + "</Code></Error>");
    }

    private static void answer(HttpExchange exchange, String xml) throws IOException {
        answer(exchange, 200, xml);
    }

    private static void answer(HttpExchange exchange, int status, String xml) throws IOException {
        byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
