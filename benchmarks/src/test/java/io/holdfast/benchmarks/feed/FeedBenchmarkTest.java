// SPDX-License-Identifier: Apache-2.0
package io.holdfast.benchmarks.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.BackupReport;
import io.holdfast.BackupSession;
import io.holdfast.Holdfast;
import io.holdfast.Repository;
import io.holdfast.benchmarks.sets.JsonItems;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.store.InMemoryObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedBenchmarkTest {
    @Test
    void givesEachItemOnceAndNothingAfterwards() {
        FeedItems items = Load.records(500, 2 * FeedSource.PAGE + 7).items();
        try (HoldfastRuntime runtime = Holdfast.runtime().build();
                InMemoryObjectStore store = new InMemoryObjectStore();
                Repository repository =
                        Repository.create(store, KeyProviders.raw(new byte[32])).on(runtime)) {

            BackupReport first = session(repository, runtime, items);
            BackupReport second = session(repository, runtime, items);

            assertThat(first.items().stored()).isEqualTo(items.count());
            assertThat(first.bytes().newPlain()).isGreaterThanOrEqualTo(500L * items.count());
            assertThat(second.items().discovered()).isZero();
            assertThat(second.outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
        }
    }

    @Test
    void printsARowForEachLoad(@TempDir Path work) throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            new FeedBenchmark(work, 1e-4, out).run();
        }

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("| 2,048 bytes, JSON |", "| 12,288 bytes, JSON |", "| 1 MiB, mail |", "| 100 items |");
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void makesItemsOfTheLengthThatWasAskedFor() {
        assertThat(new JsonItems(2_048).item(3)).hasSize(2_048).isNotEqualTo(new JsonItems(2_048).item(4));
        assertThat(new JsonItems(12_288).item(3)).hasSize(12_288).isEqualTo(new JsonItems(12_288).item(3));
    }

    private static BackupReport session(Repository repository, HoldfastRuntime runtime, FeedItems items) {
        return BackupSession.builder()
                .on(runtime)
                .from(new FeedSource(items))
                .into(repository)
                .build()
                .run();
    }
}
