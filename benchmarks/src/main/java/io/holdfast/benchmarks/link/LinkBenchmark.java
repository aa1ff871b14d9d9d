// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.link;

import io.holdfast.model.ByteSize;
import io.holdfast.runtime.TimeSource;
import io.holdfast.storage.s3.S3Credentials;
import io.holdfast.storage.s3.S3ObjectStore;
import io.holdfast.store.ByteRange;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.PutOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The first half of the command {@code link}: how much of a link with a round trip of 20 ms packs get, two at a time as the engine moves them. */
public final class LinkBenchmark {
    /** 10^6 bytes. */
    private static final double MEGABYTE = 1e6;

    private static final Duration ROUND_TRIP = Duration.ofMillis(20);
    private static final int PACK = (int) ByteSize.mebibytes(32).bytes();
    private static final int PACKS = 24;
    /** What is moved before the clock runs: connections and compiled code are the client's, not the path's. */
    private static final int WARMING = 4;

    private static final int AT_ONCE = 2;
    private static final double BOUND = 0.90;

    private final double rate;
    private final int packs;
    private final int length;
    private final PrintStream out;
    private final TimeSource time = TimeSource.system();

    /** A scale of 1 stands for 24 packs of 32 MiB; smaller ones make fewer and smaller packs. The rate of the link is in 10^6 bytes per second. */
    public LinkBenchmark(double scale, double megabytesPerSecond, PrintStream out) {
        this.rate = megabytesPerSecond * MEGABYTE;
        this.packs = (int) Math.max(4, PACKS * Math.min(1, scale));
        this.length = (int) Math.max(1_000, PACK * Math.min(1, 10 * scale));
        this.out = out;
    }

    /** Opens the bucket of a server in memory, at its own port or that of a path to it. */
    public static ObjectStore store(int port) {
        return S3ObjectStore.builder("bucket")
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .pathStyle()
                .credentials(() -> S3Credentials.of("access", "secret"))
                .open();
    }

    /** Returns whether the bound holds both ways. */
    public boolean run() throws IOException {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try (MemoryS3 server = new MemoryS3();
                Link link = new Link(server.port(), ROUND_TRIP, rate);
                ObjectStore store = store(link.port())) {
            out.println("| packs of " + length / 1_000_000 + " MB behind 20 ms and " + Math.round(rate / MEGABYTE)
                    + " MB/s | MB/s | of the link | |\n" + "|---|---|---|---|");
            Move write = number -> {
                store.put(name(number), ObjectBody.of(bytes), PutOptions.createOnly());
                return (long) length;
            };
            Move read = number -> drain(store, name(number));
            move(threads, write, packs, packs + WARMING);
            move(threads, read, packs, packs + WARMING);
            boolean up = measure("written", threads, write);
            boolean down = measure("read", threads, read);
            return up && down;
        } finally {
            threads.shutdownNow();
        }
    }

    private static ObjectName name(int number) {
        return new ObjectName("data/" + number);
    }

    private static long drain(ObjectStore store, ObjectName name) throws IOException {
        byte[] buffer = new byte[64 << 10];
        long all = 0;
        try (InputStream in = store.get(name, ByteRange.all())) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                all += n;
            }
        }
        return all;
    }

    /** Moves one pack and gives its length. */
    private interface Move {
        long pack(int number) throws IOException;
    }

    private boolean measure(String what, ExecutorService threads, Move move) {
        long start = time.nanos();
        long moved = move(threads, move, 0, packs);
        if (moved != (long) packs * length) {
            throw new IllegalStateException(moved + " bytes of " + (long) packs * length + " were " + what);
        }
        double found = moved / ((time.nanos() - start) / 1e9);
        boolean holds = found / rate >= BOUND;
        out.printf(
                Locale.ROOT,
                "| %s | %.1f | %.0f %% >= %.0f %% | %s |%n",
                what,
                found / MEGABYTE,
                100 * found / rate,
                100 * BOUND,
                holds ? "ok" : "**missed**");
        return holds;
    }

    private static long move(ExecutorService threads, Move move, int from, int to) {
        List<Callable<Long>> moves = new ArrayList<>();
        for (int i = from; i < to; i++) {
            int number = i;
            moves.add(() -> move.pack(number));
        }
        long moved = 0;
        try {
            for (Future<Long> each : threads.invokeAll(moves)) {
                moved += each.get();
            }
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException("packs could not be moved", failed);
        }
        return moved;
    }
}
