// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.link;

import io.holdfast.runtime.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A path to a port of this machine that is long and narrow: all connections share its rate, and each byte arrives later than it was sent. Each direction has
 * the rate for itself. Safe for use by several threads.
 */
final class Link implements AutoCloseable {
    private static final int BUFFER = 64 << 10;
    private static final int MOST_WAITING = 2_048;
    /** As a router has one: without, each thread that wakes up late would leave the path idle. */
    private static final long QUEUE_NANOS = 50_000_000;

    private final TimeSource time = TimeSource.system();
    private final ServerSocket listener;
    private final int target;
    private final long delayNanos;
    private final Pipe up;
    private final Pipe down;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    /**
     * Opens a path.
     *
     * @param target the port at its end
     * @param roundTrip how long a byte takes there and another one back
     * @param bytesPerSecond the rate in each direction
     */
    Link(int target, Duration roundTrip, double bytesPerSecond) throws IOException {
        this.target = target;
        this.delayNanos = roundTrip.toNanos() / 2;
        this.up = new Pipe(bytesPerSecond);
        this.down = new Pipe(bytesPerSecond);
        this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "link");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket here = listener.accept();
                Socket there = new Socket(InetAddress.getLoopbackAddress(), target);
                for (Socket each : new Socket[] {here, there}) {
                    each.setTcpNoDelay(true);
                    sockets.add(each);
                }
                carry(here, there, up);
                carry(there, here, down);
            }
        } catch (IOException closed) {
            // The path was closed.
        }
    }

    private void carry(Socket from, Socket to, Pipe pipe) {
        BlockingQueue<Parcel> underway = new LinkedBlockingQueue<>(MOST_WAITING);
        start(() -> send(from, pipe, underway));
        start(() -> arrive(to, underway));
    }

    /** Bytes on their way, none for the end; and when they arrive. */
    private record Parcel(byte[] bytes, long nanos) {}

    private void send(Socket from, Pipe pipe, BlockingQueue<Parcel> underway) {
        byte[] buffer = new byte[BUFFER];
        try {
            try (InputStream in = from.getInputStream()) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    long left = pipe.pass(n);
                    underway.put(new Parcel(Arrays.copyOf(buffer, n), left + delayNanos));
                }
            } catch (IOException closed) {
                // What was sent still arrives.
            }
            underway.put(new Parcel(new byte[0], time.nanos()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void arrive(Socket to, BlockingQueue<Parcel> underway) {
        try (OutputStream out = to.getOutputStream()) {
            for (Parcel next = underway.take(); next.bytes.length > 0; next = underway.take()) {
                sleepUntil(next.nanos);
                out.write(next.bytes);
            }
        } catch (IOException closed) {
            sockets.remove(to);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void sleepUntil(long nanos) throws InterruptedException {
        long left = nanos - time.nanos();
        if (left > 0) {
            time.sleep(Duration.ofNanos(left));
        }
    }

    /** One direction: bytes leave one after another. */
    private final class Pipe {
        private final double bytesPerNano;
        private long freeAt;

        Pipe(double bytesPerSecond) {
            this.bytesPerNano = bytesPerSecond / 1e9;
            this.freeAt = time.nanos();
        }

        /** Gives the time at which the last of the bytes has left, and waits while the queue before the path is long. */
        long pass(int bytes) throws InterruptedException {
            long end;
            synchronized (this) {
                freeAt = Math.max(freeAt, time.nanos()) + (long) (bytes / bytesPerNano);
                end = freeAt;
            }
            sleepUntil(end - QUEUE_NANOS);
            return end;
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket each : sockets) {
            each.close();
        }
    }
}
