// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.crypto.KeyProvider;
import io.holdfast.error.HoldfastException;
import io.holdfast.repository.Snapshot;
import io.holdfast.repository.VerifyLevel;
import io.holdfast.repository.VerifyReport;
import io.holdfast.repository.VerifyRequest;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.store.ObjectStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Repositories that an earlier build wrote: they open, or are refused, as they did then. */
class GoldenRepositoriesTest {
    private final HoldfastRuntime runtime = Holdfast.runtime().build();

    @AfterEach
    void close() {
        runtime.close();
    }

    private Repository open(ObjectStore store, KeyProvider key) {
        return Repository.open(store, key).on(runtime);
    }

    static List<String> spoilt() throws IOException {
        return GoldenRepository.names().stream()
                .filter(name -> !name.equals(GoldenRepository.SOUND))
                .toList();
    }

    @Test
    void theSoundOneHoldsWhatWasPutIntoIt() throws IOException {
        GoldenRepository golden = GoldenRepository.read(GoldenRepository.SOUND);
        for (KeyProvider key : List.of(GoldenRepository.rawKey(), GoldenRepository.passphrase())) {
            try (Repository repository = open(golden.store(), key)) {
                Properties expected = new Properties();
                expected.putAll(golden.expected());
                if (key.name().equals("passphrase")) {
                    // The second snapshot was sealed after a rotation that left this slot out.
                    assertThat(repository.snapshots(GoldenSource.ID)).hasSize(2);
                    continue;
                }
                assertThat(GoldenRepository.contents(repository)).isEqualTo(expected);
            }
        }
    }

    @Test
    void theSoundOneVerifies() throws IOException {
        ObjectStore store = GoldenRepository.read(GoldenRepository.SOUND).store();
        try (Repository repository = open(store, GoldenRepository.rawKey())) {
            for (VerifyLevel level : VerifyLevel.values()) {
                assertThat(repository.verify(VerifyRequest.of(level)).damages()).isEmpty();
            }
        }
    }

    @Test
    void theSessionThatWasBrokenOffIsContinuedToTheSameState() throws IOException {
        ObjectStore store = GoldenRepository.read(GoldenRepository.SOUND).store();
        try (Repository repository = open(store, GoldenRepository.rawKey())) {
            BackupReport report = BackupSession.builder()
                    .on(runtime)
                    .from(new GoldenSource(2))
                    .into(repository)
                    .build()
                    .run();

            List<Snapshot> snapshots = repository.snapshots(GoldenSource.ID);
            assertThat(report.snapshot()).hasValue(snapshots.get(2));
            assertThat(snapshots.get(2).digest()).isEqualTo(snapshots.get(1).digest());
            assertThat(GoldenRepository.objects(store).keySet()).noneMatch(name -> name.startsWith("progress/"));
            assertThat(repository.verify(VerifyRequest.of(VerifyLevel.CONTENT)).damages())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("spoilt")
    void aSpoiltOneIsRefusedOrItsDamageIsNamed(String name) throws IOException {
        GoldenRepository golden = GoldenRepository.read(name);
        Properties expected = golden.expected();
        KeyProvider key = expected.getProperty("key", "raw").equals("raw")
                ? GoldenRepository.rawKey()
                : GoldenRepository.passphrase();
        if (expected.containsKey("open")) {
            HoldfastException refused = catchThrowableOfType(
                    HoldfastException.class, () -> open(golden.store(), key).close());
            assertThat(refused.code().id()).isEqualTo(expected.getProperty("open"));
            return;
        }
        Optional<String> witness = Optional.ofNullable(expected.getProperty("witness"));
        try (Repository repository = open(golden.store(), key)) {
            VerifyReport report = repository.verify(new VerifyRequest(VerifyLevel.CONTENT, 100, witness));

            assertThat(report.damages())
                    .extracting(VerifyReport.Damage::object)
                    .anyMatch(object -> object.startsWith(expected.getProperty("damage")));
            assertThat(report.damages())
                    .allSatisfy(damage -> assertThat(damage.what()).isNotBlank());
        }
    }
}
