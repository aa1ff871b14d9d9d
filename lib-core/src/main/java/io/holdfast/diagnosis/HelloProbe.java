// SPDX-License-Identifier: Apache-2.0
package io.holdfast.diagnosis;

import io.holdfast.runtime.Randomness;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out what a peer would take that refuses our TLS handshake: greets it (RFC 5246, section 7.4.1.2) with every cipher suite that is in use
 * anywhere, takes the one that it picks off the list, and greets it again, until it picks none.
 *
 * <p>The JVM cannot do that: it greets with nothing that it would not accept.
 */
final class HelloProbe {
    /** How many greetings there are at most. */
    static final int MOST_GREETINGS = 20;

    private static final int HANDSHAKE = 22;
    private static final int SERVER_HELLO = 2;
    private static final int TLS_1_2 = 0x0303;
    private static final Map<Integer, String> VERSIONS =
            Map.of(0x0300, "SSL 3.0", 0x0301, "TLS 1.0", 0x0302, "TLS 1.1", 0x0303, "TLS 1.2");

    private final Randomness randomness;

    HelloProbe(Randomness randomness) {
        this.randomness = randomness;
    }

    /** Where connections to the peer come from. */
    @FunctionalInterface
    interface Connections {
        Socket open() throws LayerException;
    }

    /** What the peer would take, in its own order; empty if it picks nothing of all that was offered. */
    List<String> accepted(Connections connections, String host) throws LayerException {
        Map<Integer, String> offered = new LinkedHashMap<>(CipherSuites.ALL);
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < MOST_GREETINGS && !offered.isEmpty(); i++) {
            Optional<Picked> picked = greet(connections, host, offered);
            if (picked.isEmpty() || !offered.containsKey(picked.get().suite())) {
                break;
            }
            String version = VERSIONS.getOrDefault(picked.get().version(), "an unknown version");
            taken.add(version + " with " + offered.remove(picked.get().suite()));
        }
        return taken;
    }

    private record Picked(int version, int suite) {}

    private Optional<Picked> greet(Connections connections, String host, Map<Integer, String> suites)
            throws LayerException {
        try (Socket socket = connections.open()) {
            socket.getOutputStream().write(hello(host, suites));
            socket.getOutputStream().flush();
            return answer(new DataInputStream(socket.getInputStream()));
        } catch (IOException e) {
            // A peer that hangs up on a greeting has picked nothing of it.
            return Optional.empty();
        }
    }

    private static Optional<Picked> answer(DataInputStream in) throws IOException {
        int type = in.readUnsignedByte();
        in.readUnsignedShort();
        int length = in.readUnsignedShort();
        if (type != HANDSHAKE || length < 40 || in.readUnsignedByte() != SERVER_HELLO) {
            return Optional.empty();
        }
        in.readNBytes(3);
        int version = in.readUnsignedShort();
        in.readNBytes(32);
        in.readNBytes(in.readUnsignedByte());
        return Optional.of(new Picked(version, in.readUnsignedShort()));
    }

    private byte[] hello(String host, Map<Integer, String> suites) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        out.writeShort(TLS_1_2);
        out.write(randomness.bytes(32));
        out.writeByte(0);
        out.writeShort(suites.size() * 2);
        for (int suite : suites.keySet()) {
            out.writeShort(suite);
        }
        out.writeByte(1);
        out.writeByte(0);
        byte[] extensions = extensions(host);
        out.writeShort(extensions.length);
        out.write(extensions);
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        DataOutputStream framed = new DataOutputStream(record);
        framed.writeByte(HANDSHAKE);
        framed.writeShort(0x0301);
        framed.writeShort(body.size() + 4);
        framed.writeByte(1);
        framed.writeByte(0);
        framed.writeShort(body.size());
        body.writeTo(framed);
        return record.toByteArray();
    }

    private static byte[] extensions(String host) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        byte[] name = host.getBytes(StandardCharsets.US_ASCII);
        extension(out, 0, name.length + 5);
        out.writeShort(name.length + 3);
        out.writeByte(0);
        out.writeShort(name.length);
        out.write(name);
        extension(out, 10, 10);
        shorts(out, 8, 29, 23, 24, 25);
        extension(out, 11, 2);
        out.writeByte(1);
        out.writeByte(0);
        extension(out, 13, 20);
        shorts(out, 18, 0x0403, 0x0503, 0x0603, 0x0804, 0x0805, 0x0401, 0x0501, 0x0203, 0x0201);
        return bytes.toByteArray();
    }

    private static void extension(DataOutputStream out, int type, int length) throws IOException {
        out.writeShort(type);
        out.writeShort(length);
    }

    private static void shorts(DataOutputStream out, int... values) throws IOException {
        for (int value : values) {
            out.writeShort(value);
        }
    }
}
