// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.runtime.TimeSource;
import io.holdfast.store.ByteRange;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.PutOptions;
import io.holdfast.store.PutResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinkBenchmarkTest {
    private static final ObjectName NAME = new ObjectName("data/1");

    @Test
    void printsARowForEachDirection() throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            new LinkBenchmark(1e-4, 100, out).run();
        }

        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("| written |", "| read |");
    }

    @Test
    void aPathIsAsLongAndAsNarrowAsItWasAskedToBe() throws IOException {
        TimeSource time = TimeSource.system();
        byte[] bytes = new byte[500_000];
        try (MemoryS3 server = new MemoryS3();
                Link link = new Link(server.port(), Duration.ofMillis(40), 5e6);
                ObjectStore store = LinkBenchmark.store(link.port())) {
            long start = time.nanos();
            assertThat(store.stat(NAME)).isEmpty();
            assertThat(Duration.ofNanos(time.nanos() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(40));

            start = time.nanos();
            store.put(NAME, ObjectBody.of(bytes), PutOptions.createOnly());
            assertThat(Duration.ofNanos(time.nanos() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(140));
        }
    }

    @Test
    void theServerHonoursConditionsAndRangesAndCountsEachRequest() throws IOException {
        try (MemoryS3 server = new MemoryS3();
                ObjectStore store = LinkBenchmark.store(server.port())) {
            server.takeRequests();
            assertThat(store.put(NAME, ObjectBody.of(new byte[] {1, 2, 3}), PutOptions.createOnly()))
                    .isEqualTo(PutResult.WRITTEN);
            assertThat(store.put(NAME, ObjectBody.of(new byte[] {4}), PutOptions.createOnly()))
                    .isEqualTo(PutResult.REFUSED);
            try (InputStream in = store.get(NAME, ByteRange.of(1, 2))) {
                assertThat(in.readAllBytes()).containsExactly(2, 3);
            }
            try (InputStream in = store.get(NAME, ByteRange.last(1))) {
                assertThat(in.readAllBytes()).containsExactly(3);
            }
            assertThat(store.list("da").next().name()).isEqualTo(NAME);

            assertThat(server.takeRequests()).isEqualTo(Map.of("PUT", 2L, "GET", 2L, "LIST", 1L));
            assertThat(server.takeRequests()).isEmpty();
        }
    }
}
