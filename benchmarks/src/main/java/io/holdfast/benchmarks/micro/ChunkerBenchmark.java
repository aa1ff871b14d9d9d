// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.micro;

import io.holdfast.internal.split.ChunkParams;
import io.holdfast.internal.split.Chunker;
import io.holdfast.internal.split.GearTable;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Cutting a stream: the score is MiB per second of one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ChunkerBenchmark {
    private static final int MIB = 32;

    private final byte[] input = Samples.stretch(MIB << 20);
    private final Chunker chunker = new Chunker(ChunkParams.DEFAULT, GearTable.derive(new byte[32]));

    /** Cuts the whole stretch with the default lengths. */
    @Benchmark
    @OperationsPerInvocation(MIB)
    public int cut() {
        int chunks = 0;
        for (int at = 0; at < input.length; chunks++) {
            at += chunker.cut(input, at, input.length - at, true);
        }
        return chunks;
    }
}
