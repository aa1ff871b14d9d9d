// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.micro;

import io.holdfast.crypto.Encryptor;
import io.holdfast.crypto.SealBrokenException;
import io.holdfast.crypto.Slice;
import io.holdfast.internal.seal.KeyedHash;
import io.holdfast.internal.seal.RepositoryKeys;
import io.holdfast.internal.seal.SegmentSealer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Naming, sealing and opening a range of bytes: the score is ranges per second of one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class SealBenchmark {
    /** Length of the range in bytes. */
    @Param({"2048", "12288", "1048576"})
    public int length;

    private final SegmentSealer sealer = new SegmentSealer(Encryptor.aes256Gcm(), new byte[32], new byte[16]);
    private final RepositoryKeys keys = Samples.keys();
    private final KeyedHash hash = keys.blobIds(keys.scopeName("benchmark"));
    private Slice plain = Slice.of(new byte[0]);
    private byte[] sealed = new byte[0];
    private byte[] out = new byte[0];
    private int sealedLength;
    private long number;

    /** Makes a range and its sealed form. */
    @Setup
    public void prepare() {
        plain = Slice.of(Samples.stretch(length));
        sealed = new byte[Math.toIntExact(SegmentSealer.sealedLength(length, 16))];
        out = new byte[sealed.length];
        sealedLength = sealer.seal(0, plain, sealed, 0);
    }

    /** The keyed id of a chunk. */
    @Benchmark
    public byte[] name() {
        return hash.of(plain);
    }

    /** Seals in segments of 32 KiB. */
    @Benchmark
    public int seal() {
        number++;
        return sealer.seal(number, plain, out, 0);
    }

    /** Opens what was sealed. */
    @Benchmark
    public int open() throws SealBrokenException {
        return sealer.open(0, new Slice(sealed, 0, sealedLength), out, 0);
    }
}
