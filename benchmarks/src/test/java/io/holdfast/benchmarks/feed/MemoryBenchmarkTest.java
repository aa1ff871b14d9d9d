// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryBenchmarkTest {
    @Test
    void fiftyThousandItemsAndALongStreamFitIntoASmallHeap(@TempDir Path work) throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        int exitCode;
        try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            exitCode = new MemoryBenchmark(work, 50_000, 100_000_000, "64m", out).run();
        }

        assertThat(exitCode).as(printed.toString(StandardCharsets.UTF_8)).isZero();
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void theStreamIsTheSameHoweverItIsRead() throws IOException {
        byte[] whole = new ThinStream(5_000).readAllBytes();
        ThinStream single = new ThinStream(5_000);
        byte[] bytes = new byte[5_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) single.read();
        }

        assertThat(bytes).isEqualTo(whole);
        assertThat(single.read()).isEqualTo(-1);
    }
}
