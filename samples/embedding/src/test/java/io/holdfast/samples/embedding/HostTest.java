// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.Holdfast;
import io.holdfast.model.ByteSize;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.runtime.TimeSource;
import io.holdfast.testkit.DirectExecutor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostTest {
    private static final int FILES = 150;

    @TempDir
    Path folder;

    @Test
    void stopsInTheMiddleGoesOnFromThereAndGivesTwoEqualRepositories() throws IOException {
        List<String> lines = run();

        assertThat(lines).filteredOn(line -> line.startsWith("   STOPPED: ")).hasSize(1);
        assertThat(lines).filteredOn(line -> line.startsWith("   COMPLETE: ")).hasSize(2);
        assertThat(lines).containsOnlyOnce("   goes on where the last session stopped");
        assertThat(lines).anyMatch(line -> line.matches(" {3}\\[#* *\\] \\d+ items"));
        assertThat(lines).last().isEqualTo("4. Both hold the same " + (FILES + 1) + " items: true");
    }

    @Test
    void theTwoSessionsOfTheNearRepositoryShareTheWork() throws IOException {
        List<String> lines = run();

        long stopped = stored(lines, "   STOPPED: ");
        long resumed = stored(lines, "   COMPLETE: ");
        assertThat(stopped).isBetween(FILES / 3L, FILES / 2L);
        assertThat(stopped + resumed).as("the files, and their folder").isEqualTo(FILES + 1);
    }

    private static long stored(List<String> lines, String begin) {
        String line =
                lines.stream().filter(l -> l.startsWith(begin)).findFirst().orElseThrow();
        return Long.parseLong(line.replaceAll(".*: (\\d+) stored.*", "$1"));
    }

    /** In one thread, on a clock by which progress is due all the time: the stop comes at the same place in each run. */
    private List<String> run() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
                HoldfastRuntime runtime = Holdfast.runtime()
                        .workers(new DirectExecutor())
                        .time(new HastyTime())
                        .parallelism(1)
                        .memory(ByteSize.mebibytes(96))
                        .build()) {
            new Host(runtime, print).run(folder, FILES);
        }
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static final class HastyTime implements TimeSource {
        private long nanos;

        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public long nanos() {
            return nanos += 300_000_000L;
        }

        @Override
        public void sleep(Duration time) {
            nanos += time.toNanos();
        }
    }
}
