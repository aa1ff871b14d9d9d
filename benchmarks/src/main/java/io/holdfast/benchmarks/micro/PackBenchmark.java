// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.micro;

import io.holdfast.internal.pack.BlobScope;
import io.holdfast.internal.pack.BlobWriter;
import io.holdfast.internal.pack.BlobWriterSettings;
import io.holdfast.internal.pack.KnownBlobs;
import io.holdfast.internal.pack.Lane;
import io.holdfast.internal.pack.PackListener;
import io.holdfast.internal.seal.DataKeyRing;
import io.holdfast.internal.seal.RepositoryKeys;
import io.holdfast.model.ResourceId;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.runtime.Randomness;
import io.holdfast.store.InMemoryObjectStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * New chunks to packs in memory, named, compressed in frames and sealed by one thread: the score is MiB per second.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class PackBenchmark {
    private static final int MIB = 24;

    /** Length of a chunk in bytes. */
    @Param({"2048", "12288", "1048576"})
    public int length;

    /** The zstd level. */
    @Param({"3"})
    public int level;

    private final byte[] input = Samples.stretch(MIB << 20);
    private final HoldfastRuntime runtime = HoldfastRuntime.builder().build();
    private final RepositoryKeys keys = Samples.keys();
    private final DataKeyRing ring = DataKeyRing.first(Randomness.secure());
    private final Lane lane = Lane.content(new ResourceId("benchmark"));

    /** Writes the whole stretch through a fresh writer, uploads included. */
    @Benchmark
    @OperationsPerInvocation(MIB)
    public long write() {
        InMemoryObjectStore store = new InMemoryObjectStore();
        BlobWriterSettings settings = BlobWriterSettings.defaults(1).withCompressionLevel(level);
        try (BlobScope scope = new BlobScope(store, keys, ring, keys.scopeName("benchmark"));
                BlobWriter writer = new BlobWriter(scope, KnownBlobs.none(), PackListener.none(), runtime, settings)) {
            for (int at = 0; at < input.length; at += length) {
                writer.write(lane, input, at, Math.min(length, input.length - at));
            }
            writer.flush(List.of());
            return writer.counters().newStoredBytes();
        } finally {
            store.close();
        }
    }

    /** Stops the threads. */
    @TearDown
    public void close() {
        runtime.close();
    }
}
