// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A way to a service that lets requests through until it is told to refuse them: each on a connection of its own. */
final class Gateway implements Closeable {
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)");

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final URI service;
    private final AtomicReference<Optional<Refusal>> refusal = new AtomicReference<>(Optional.empty());
    private final AtomicInteger left = new AtomicInteger();

    Gateway(URI service) throws IOException {
        this.service = service;
        threads.execute(this::accept);
    }

    /** What is answered instead of the service; the code stands in the body and where Azure has it as well. */
    record Refusal(int status, String code) {
        String body() {
            return "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>no</Message></Error>";
        }
    }

    /** Where the service is reached by this way. */
    URI uri() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + service.getPath());
    }

    /** Lets so many requests through, and refuses all others. */
    void refuseAfter(int requests, Refusal how) {
        left.set(requests);
        refusal.set(Optional.of(how));
    }

    void mend() {
        refusal.set(Optional.empty());
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                threads.execute(() -> serve(client));
            }
        } catch (IOException closed) {
            threads.shutdownNow();
        }
    }

    private void serve(Socket client) {
        try (client;
                InputStream in = client.getInputStream();
                OutputStream out = client.getOutputStream()) {
            String head = head(in);
            if (head.isEmpty()) {
                return;
            }
            Matcher matcher = LENGTH.matcher(head);
            long length = matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
            Optional<Refusal> how = refusal.get();
            if (how.isPresent() && left.getAndDecrement() <= 0) {
                in.skipNBytes(head.toLowerCase(Locale.ROOT).contains("expect:") ? 0 : length);
                refuse(out, how.get());
            } else {
                pass(head, length, in, out);
            }
        } catch (IOException broken) {
            // The client went.
        }
    }

    private static void refuse(OutputStream out, Refusal how) throws IOException {
        byte[] body = how.body().getBytes(UTF_8);
        String head = "HTTP/1.1 " + how.status + " Refused\r\nContent-Type: application/xml\r\nx-ms-error-code: "
                + how.code + "\r\nContent-Length: " + body.length + "\r\nConnection: close\r\n\r\n";
        out.write(head.getBytes(ISO_8859_1));
        out.write(body);
        out.flush();
    }

    private void pass(String head, long length, InputStream in, OutputStream out) throws IOException {
        try (Socket upstream = new Socket(service.getHost(), service.getPort());
                OutputStream up = upstream.getOutputStream();
                InputStream down = upstream.getInputStream()) {
            String once = head.replaceAll("(?im)^connection:.*\r\n", "");
            up.write(once.substring(0, once.length() - 2).getBytes(ISO_8859_1));
            up.write("Connection: close\r\n\r\n".getBytes(ISO_8859_1));
            up.flush();
            // The service may answer before it has the body, or wait to be asked for it.
            threads.execute(() -> carry(in, length, up));
            down.transferTo(out);
            out.flush();
        }
    }

    private static void carry(InputStream in, long length, OutputStream up) {
        byte[] buffer = new byte[64 << 10];
        try {
            for (long rest = length; rest > 0; ) {
                int n = in.read(buffer, 0, (int) Math.min(buffer.length, rest));
                if (n < 0) {
                    return;
                }
                up.write(buffer, 0, n);
                rest -= n;
            }
            up.flush();
        } catch (IOException closed) {
            // The service has answered without it.
        }
    }

    /** Up to and with the empty line; empty if the client sent nothing. */
    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            head.write(b);
            if (b == '\n' && head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
                return head.toString(ISO_8859_1);
            }
        }
        return "";
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
