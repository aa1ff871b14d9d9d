// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * A path with faults: passes connections on to a port of this machine, byte by byte and without looking at them, and breaks those that it is told to.
 *
 * <p>Safe for use by several threads; the script is called once for each connection.
 */
public final class FaultProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final int target;
    private final IntFunction<Fate> script;
    private final AtomicInteger accepted = new AtomicInteger();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Starts a proxy on a free port of the loopback address.
     *
     * @param target the port that connections go on to
     * @param script the fate of each connection by its number, from 1
     */
    public FaultProxy(int target, IntFunction<Fate> script) {
        this.target = target;
        this.script = script;
        try {
            this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    /**
     * Where it listens.
     *
     * @return its port on the loopback address
     */
    public int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() {
        closed = true;
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            sockets.forEach(socket -> end(socket, false));
        }
    }

    private void accept() {
        while (!closed) {
            try {
                Socket here = listener.accept();
                sockets.add(here);
                Fate fate = script.apply(accepted.incrementAndGet());
                if (fate instanceof Fate.Pass || fate instanceof Fate.Reset) {
                    connect(here, fate);
                }
            } catch (IOException e) {
                // Closed, or nobody listens behind: the next connection will tell.
                continue;
            }
        }
    }

    private void connect(Socket here, Fate fate) throws IOException {
        try {
            Socket there = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(there);
            long down = fate instanceof Fate.Reset reset ? reset.after() : Long.MAX_VALUE;
            start(() -> pump(here, there, Long.MAX_VALUE));
            start(() -> pump(there, here, down));
        } catch (IOException e) {
            end(here, true);
            throw e;
        }
    }

    private void pump(Socket from, Socket to, long most) {
        byte[] block = new byte[8192];
        long left = most;
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            while (left > 0) {
                int got = in.read(block, 0, (int) Math.min(block.length, left));
                if (got < 0) {
                    end(from, false);
                    end(to, false);
                    return;
                }
                out.write(block, 0, got);
                left -= got;
            }
            end(to, true);
            end(from, true);
        } catch (IOException e) {
            end(from, false);
            end(to, false);
        }
    }

    private void end(Socket socket, boolean reset) {
        sockets.remove(socket);
        try {
            if (reset) {
                socket.setSoLinger(true, 0);
            }
            socket.close();
        } catch (IOException e) {
            // It has ended already.
            return;
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "fault-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    /** What becomes of a connection. */
    public sealed interface Fate {
        /** It passes. */
        record Pass() implements Fate {}

        /** It is accepted, and nothing ever comes back. */
        record Swallow() implements Fate {}

        /**
         * It is reset.
         *
         * @param after after how many bytes on their way back
         */
        record Reset(long after) implements Fate {}
    }
}
