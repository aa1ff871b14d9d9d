// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.micro;

import io.holdfast.internal.split.MimeSplitter;
import io.holdfast.internal.split.SplitSink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
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

/** Splitting messages at their joints, base64 decoded and proven: the score is messages per second of one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MimeBenchmark {
    private static final int MAILS = 400;

    private final List<byte[]> mails = Samples.mails(MAILS, 2 << 20);
    private final MimeSplitter splitter = new MimeSplitter();

    /** Splits messages of the data set, 12 KB in the median and with attachments in a fifth of them. */
    @Benchmark
    @OperationsPerInvocation(MAILS)
    public long split() throws IOException {
        CountingSink sink = new CountingSink();
        for (byte[] mail : mails) {
            splitter.split(new ByteArrayInputStream(mail), sink);
        }
        return sink.bytes;
    }

    private static final class CountingSink implements SplitSink {
        private long bytes;

        @Override
        public void body(byte[] b, int off, int len) {
            bytes += len;
        }

        @Override
        public void attachmentStart(int stream) {
            bytes++;
        }

        @Override
        public void attachment(byte[] b, int off, int len) {
            bytes += len;
        }

        @Override
        public void attachmentEnd(int stream) {
            bytes++;
        }
    }
}
