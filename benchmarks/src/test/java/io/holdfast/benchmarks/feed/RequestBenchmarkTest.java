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

class RequestBenchmarkTest {
    @Test
    void fewItemsAreWellWithinTheBounds(@TempDir Path work) throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            assertThat(new RequestBenchmark(work, 1e-3, out).run()).isTrue();
        }

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("puts for 2,000 items", "for one item of 2,000")
                .doesNotContain("missed");
        assertThat(work).isEmptyDirectory();
    }
}
