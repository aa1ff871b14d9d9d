// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A server of HTTP/1.1 on the loopback address that gives the replies of a script, flaws included, with TLS or without. Also to be used as a proxy that
 * refuses.
 *
 * <p>Safe for use by several threads; the script is called by as many as there are connections.
 */
public final class WirePeer implements AutoCloseable {
    private final ServerSocket listener;
    private final @Nullable ServerIdentity identity;
    private final Function<PeerRequest, Reply> script;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final List<PeerRequest> requests = new ArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile @Nullable TlsRules rules;

    private WirePeer(@Nullable ServerIdentity identity, Function<PeerRequest, Reply> script) {
        this.identity = identity;
        this.script = script;
        try {
            this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept, "accept");
    }

    /**
     * Starts a peer without TLS.
     *
     * @param script what it replies
     * @return the peer, which the caller closes
     */
    public static WirePeer plain(Function<PeerRequest, Reply> script) {
        return new WirePeer(null, script);
    }

    /**
     * Starts a peer with TLS.
     *
     * @param identity its key and certificate
     * @param script what it replies
     * @return the peer, which the caller closes
     */
    public static WirePeer secure(ServerIdentity identity, Function<PeerRequest, Reply> script) {
        return new WirePeer(identity, script);
    }

    /**
     * Where it listens.
     *
     * @param target path and query
     * @return an address with the name {@code localhost}
     */
    public URI uri(String target) {
        return URI.create((identity == null ? "http" : "https") + "://localhost:" + port() + target);
    }

    /**
     * Where it listens.
     *
     * @return its port on the loopback address
     */
    public int port() {
        return listener.getLocalPort();
    }

    /**
     * Changes what TLS sessions it accepts from now on; those that stand go on.
     *
     * @param other protocols and cipher suites by the JDK's names
     */
    public void tls(TlsRules other) {
        this.rules = other;
    }

    /** Ends all connections. */
    public void dropConnections() {
        connections.forEach(WirePeer::closeQuietly);
    }

    /**
     * What it received.
     *
     * @return in the order in which it came
     */
    public List<PeerRequest> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /**
     * How many connections were made to it.
     *
     * @return all since its start
     */
    public int connections() {
        return accepted.get();
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            dropConnections();
        }
    }

    private void accept() {
        while (closing.getCount() > 0) {
            try {
                Socket socket = listener.accept();
                accepted.incrementAndGet();
                connections.add(socket);
                start(() -> serve(socket), "connection");
            } catch (IOException e) {
                // Closed, or a connection that was gone before it was accepted.
                continue;
            }
        }
    }

    private void serve(Socket plain) {
        try (Socket socket = secured(plain)) {
            new PeerConnection(socket, closing).serve(this::reply);
        } catch (IOException e) {
            // The other side left, or did not like our TLS: both are what tests are about.
            closeQuietly(plain);
        } finally {
            connections.remove(plain);
        }
    }

    private Reply reply(PeerRequest request) {
        synchronized (requests) {
            requests.add(request);
        }
        return script.apply(request);
    }

    private Socket secured(Socket plain) throws IOException {
        if (identity == null) {
            return plain;
        }
        SSLSocket secure = (SSLSocket) identity.context().getSocketFactory().createSocket(plain, null, true);
        secure.setUseClientMode(false);
        TlsRules now = rules;
        if (now != null) {
            now.protocols().ifPresent(names -> secure.setEnabledProtocols(names.toArray(String[]::new)));
            now.ciphers().ifPresent(names -> secure.setEnabledCipherSuites(names.toArray(String[]::new)));
        }
        secure.startHandshake();
        return secure;
    }

    private static void start(Runnable work, String name) {
        Thread thread = new Thread(work, "peer-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone, which is what was wanted.
            return;
        }
    }

    /**
     * What TLS sessions a peer accepts.
     *
     * @param protocols such as {@code TLSv1.2}; empty for those of the JVM
     * @param ciphers cipher suites; empty for those of the JVM
     */
    public record TlsRules(Optional<List<String>> protocols, Optional<List<String>> ciphers) {
        /** Copies the lists. */
        public TlsRules {
            protocols = protocols.map(List::copyOf);
            ciphers = ciphers.map(List::copyOf);
        }
    }
}
