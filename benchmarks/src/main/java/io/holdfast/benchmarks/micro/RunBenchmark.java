// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.micro;

import io.holdfast.internal.run.BlockCache;
import io.holdfast.internal.run.RunBytes;
import io.holdfast.internal.run.RunCursor;
import io.holdfast.internal.run.RunEntry;
import io.holdfast.internal.run.RunKind;
import io.holdfast.internal.run.RunMerger;
import io.holdfast.internal.run.RunReader;
import io.holdfast.internal.run.RunSettings;
import io.holdfast.internal.run.RunWriter;
import io.holdfast.internal.seal.RepositoryKeys;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
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

/** Writing, walking, merging and asking sorted runs of 100,000 entries: the score is entries per second of one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class RunBenchmark {
    private static final int ENTRIES = 100_000;
    private static final int LOOKUPS = 1_000;
    private static final int LAYERS = 4;

    private final RepositoryKeys keys = Samples.keys();
    private final List<RunEntry> manifest = entries(1, 40, 70);
    private final RunReader manifestRun = open(manifest, RunKind.MANIFEST);
    private final List<RunEntry> index = entries(2, 20, 28);
    private final RunReader indexRun = open(index, RunKind.INDEX);
    private final List<RunReader> layers = layers();
    private final List<byte[]> unknown =
            entries(3, 20, 1).stream().limit(LOOKUPS).map(RunEntry::key).toList();

    /** A manifest run: keys of 40 bytes, values of 70, compressed and sealed in blocks. */
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public byte[] writeManifest() {
        return write(manifest, RunKind.MANIFEST);
    }

    /** An index run: keys of 20 bytes, values of 28, with a filter and not compressed. */
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public byte[] writeIndex() {
        return write(index, RunKind.INDEX);
    }

    /** Walks a manifest from end to end. */
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public long scan() {
        return drain(manifestRun.scan());
    }

    /** Merges four layers of a manifest, the newer ones smaller. */
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public long merge() {
        return drain(RunMerger.shadowing(layers.stream().map(RunReader::scan).toList(), true));
    }

    /** Asks an index for blobs that it has, blocks in the cache. */
    @Benchmark
    @OperationsPerInvocation(LOOKUPS)
    public int lookUpKnown() {
        int found = 0;
        for (int n = 0; n < LOOKUPS; n++) {
            Optional<RunEntry> entry =
                    indexRun.get(index.get(n * (ENTRIES / LOOKUPS)).key());
            found += entry.isPresent() ? 1 : 0;
        }
        return found;
    }

    /** Asks an index for blobs that it does not have: the filter answers. */
    @Benchmark
    @OperationsPerInvocation(LOOKUPS)
    public int lookUpUnknown() {
        int found = 0;
        for (byte[] key : unknown) {
            found += indexRun.mightContain(key) ? 1 : 0;
        }
        return found;
    }

    private List<RunReader> layers() {
        List<RunReader> readers = new ArrayList<>();
        for (int layer = LAYERS - 1; layer >= 0; layer--) {
            int skip = 1 << (2 * layer);
            List<RunEntry> part = new ArrayList<>();
            for (int at = 0; at < ENTRIES; at += skip) {
                part.add(manifest.get(at));
            }
            readers.add(open(part, RunKind.MANIFEST));
        }
        return readers;
    }

    private static long drain(RunCursor cursor) {
        long sum = 0;
        while (cursor.advance()) {
            sum += cursor.valueLength();
        }
        return sum;
    }

    private RunReader open(List<RunEntry> entries, RunKind kind) {
        return RunReader.open(RunBytes.of("benchmark", write(entries, kind)), keys, kind, new BlockCache(64 << 20));
    }

    private byte[] write(List<RunEntry> entries, RunKind kind) {
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        try (RunWriter writer = new RunWriter(stored::write, keys, RunSettings.of(kind))) {
            for (RunEntry entry : entries) {
                writer.add(entry);
            }
            writer.finish();
        }
        return stored.toByteArray();
    }

    private static List<RunEntry> entries(long seed, int keyBytes, int valueBytes) {
        SplittableRandom random = new SplittableRandom(seed);
        TreeMap<byte[], RunEntry> sorted = new TreeMap<>(Arrays::compareUnsigned);
        while (sorted.size() < ENTRIES) {
            byte[] key = new byte[keyBytes];
            byte[] value = new byte[valueBytes];
            random.nextBytes(key);
            random.nextBytes(value);
            sorted.put(key, RunEntry.of(key, sorted.size(), value));
        }
        return List.copyOf(sorted.values());
    }
}
