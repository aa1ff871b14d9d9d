// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.BackupReport;
import io.holdfast.BackupSession;
import io.holdfast.Holdfast;
import io.holdfast.Repository;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.error.SessionException;
import io.holdfast.model.ByteSize;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.source.SourceConnector;
import io.holdfast.store.InMemoryObjectStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What sessions take of the memory of a runtime, and that they never wait for one another for ever. */
class SessionMemoryTest {
    private static final int SESSIONS = 6;
    private static final int LARGE = 6 << 20;
    private static final ByteSize SMALLEST = ByteSize.mebibytes(25);

    private static NoiseSource noise() {
        NoiseSource source = new NoiseSource(bytes -> {}, new SeededRandomness(1), 0);
        for (int i = 0; i < 3; i++) {
            source.add(LARGE);
            source.add(1000);
        }
        return source;
    }

    private static HoldfastRuntime runtime(ByteSize memory) {
        return Holdfast.runtime().memory(memory).parallelism(2).build();
    }

    private static BackupReport backUp(HoldfastRuntime runtime, SourceConnector source) {
        try (Repository repository = Repository.create(new InMemoryObjectStore(), KeyProviders.raw(new byte[32]))
                .on(runtime)) {
            return BackupSession.builder()
                    .on(runtime)
                    .from(source)
                    .into(repository)
                    .build()
                    .run();
        }
    }

    @Test
    @Timeout(value = 90, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void moreSessionsThanItsMemoryHoldsWaitForOneAnotherAndAllEnd() throws Exception {
        try (HoldfastRuntime runtime = runtime(ByteSize.mebibytes(100))) {
            List<BackupReport> reports = StoreRules.together(SESSIONS, i -> () -> backUp(runtime, noise()));

            assertThat(reports)
                    .extracting(BackupReport::outcome)
                    .hasSize(SESSIONS)
                    .containsOnly(BackupReport.Outcome.COMPLETE);
            assertThat(runtime.memory().freeBytes()).isEqualTo(runtime.memory().totalBytes());
        }
    }

    @Test
    void aSessionRefusesMemoryThatItCouldOnlyWaitIn() {
        ByteSize little = ByteSize.bytes(SMALLEST.bytes() - 1);

        try (HoldfastRuntime runtime = runtime(little)) {
            assertThatExceptionOfType(SessionException.class)
                    .isThrownBy(() -> backUp(runtime, noise()))
                    .withMessageContaining("at least 25MiB");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BackupSession.builder().memoryBudget(little))
                .withMessageContaining("at least 25MiB");
    }
}
