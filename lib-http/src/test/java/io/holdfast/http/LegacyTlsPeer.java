// SPDX-License-Identifier: Apache-2.0
package io.holdfast.http;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that takes one old version of TLS with a few cipher suites, as a JVM does not any more: says hello, or sends an alert. */
final class LegacyTlsPeer implements AutoCloseable {
    private static final int HANDSHAKE_FAILURE = 40;

    private final ServerSocket listener;
    private final int version;
    private final List<Integer> suites;
    final AtomicInteger greetings = new AtomicInteger();

    LegacyTlsPeer(int version, List<Integer> suites) {
        this.version = version;
        this.suites = suites;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "legacy-tls");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                greetings.incrementAndGet();
                answer(
                        offered(new DataInputStream(socket.getInputStream())),
                        new DataOutputStream(socket.getOutputStream()));
                // Whoever was greeted reads to the end before the connection goes.
                socket.shutdownOutput();
                socket.getInputStream().readAllBytes();
            } catch (IOException e) {
                // The other side hung up, or we are closed.
                continue;
            }
        }
    }

    private static Set<Integer> offered(DataInputStream in) throws IOException {
        in.readNBytes(3);
        byte[] hello = in.readNBytes(in.readUnsignedShort());
        int at = 4 + 2 + 32;
        at += 1 + hello[at];
        int length = (hello[at] & 0xff) << 8 | hello[at + 1] & 0xff;
        Set<Integer> offered = new HashSet<>();
        for (int i = 0; i < length; i += 2) {
            offered.add((hello[at + 2 + i] & 0xff) << 8 | hello[at + 3 + i] & 0xff);
        }
        return offered;
    }

    private void answer(Set<Integer> offered, DataOutputStream out) throws IOException {
        for (int suite : suites) {
            if (offered.contains(suite)) {
                out.writeByte(22);
                out.writeShort(version);
                out.writeShort(42);
                out.writeByte(2);
                out.writeByte(0);
                out.writeShort(38);
                out.writeShort(version);
                out.write(new byte[32]);
                out.writeByte(0);
                out.writeShort(suite);
                out.writeByte(0);
                out.flush();
                return;
            }
        }
        out.writeByte(21);
        out.writeShort(0x0301);
        out.writeShort(2);
        out.writeByte(2);
        out.writeByte(HANDSHAKE_FAILURE);
        out.flush();
    }
}
