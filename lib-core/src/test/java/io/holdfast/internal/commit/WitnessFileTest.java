// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.internal.format.RecordId;
import io.holdfast.repository.StoreProof;
import io.holdfast.repository.StoreProof.Ability;
import io.holdfast.repository.StoreProof.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessFileTest {
    private static final Witness.Identity REPOSITORY = new Witness.Identity("01".repeat(16), "ab".repeat(8));

    @TempDir
    private Path cache;

    private static RecordId record(long number) {
        byte[] hash = new byte[32];
        hash[0] = (byte) number;
        return new RecordId(number, hash);
    }

    @Test
    void remembersTheNewestOfEachLineageAndNeverAnOlderOne() {
        WitnessFile witness = WitnessFile.in(cache, "store");
        witness.remember(REPOSITORY);
        witness.note("one", record(3));
        witness.note("one", record(2));
        witness.note("two", record(1));

        WitnessFile reopened = WitnessFile.in(cache, "store");

        assertThat(reopened.repository()).hasValue(REPOSITORY);
        assertThat(reopened.newest("one")).hasValue(record(3));
        assertThat(reopened.newest("two")).hasValue(record(1));
        assertThat(WitnessFile.in(cache, "another store").repository()).isEmpty();
    }

    @Test
    void acceptingARollbackTakesAnOlderRecord() {
        WitnessFile witness = WitnessFile.in(cache, "store");
        witness.note("one", record(3));

        WitnessFile accepting = witness.acceptingRollback();
        assertThat(accepting.newest("one")).isEmpty();
        accepting.note("one", record(2));

        assertThat(witness.newest("one")).hasValue(record(2));
    }

    @Test
    void remembersHowTheStoreStoodItsLastProof() {
        WitnessFile witness = WitnessFile.in(cache, "store");
        witness.note("one", record(3));
        StoreProof proof = new StoreProof(
                Instant.parse("2030-01-01T00:00:00Z"),
                Map.of(Ability.RETENTION, Verdict.REFUTED, Ability.CONDITIONAL_CREATE, Verdict.PROVEN),
                Duration.ofSeconds(-90));
        witness.noteProof(proof);

        assertThat(WitnessFile.in(cache, "store").proof()).hasValue(proof);
        assertThat(witness.newest("one")).hasValue(record(3));
        witness.remember(new Witness.Identity("02".repeat(16), "ab".repeat(8)));
        assertThat(witness.proof()).isEmpty();
    }

    @Test
    void anotherRepositoryForgetsTheRecordsOfTheOneBefore() {
        WitnessFile witness = WitnessFile.in(cache, "store");
        witness.remember(REPOSITORY);
        witness.note("one", record(3));

        witness.remember(new Witness.Identity("02".repeat(16), "ab".repeat(8)));

        assertThat(witness.newest("one")).isEmpty();
    }

    @Test
    void aDamagedFileIsAsGoodAsNone() throws IOException {
        WitnessFile witness = WitnessFile.in(cache, "store");
        witness.note("one", record(3));
        try (Stream<Path> files = Files.list(cache)) {
            for (Path file : files.toList()) {
                Files.writeString(file, "nonsense");
            }
        }

        assertThat(witness.newest("one")).isEmpty();
        witness.note("one", record(1));
        assertThat(witness.newest("one")).hasValue(record(1));
    }

    @Test
    void aCacheThatCannotBeWrittenHarmsNobody() throws IOException {
        Path file = Files.createFile(cache.resolve("file"));

        WitnessFile witness = WitnessFile.in(file.resolve("below"), "store");
        witness.remember(REPOSITORY);

        assertThat(witness.repository()).isEmpty();
    }
}
