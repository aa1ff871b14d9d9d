// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.crypto.Encryptor;
import io.holdfast.internal.pack.PackInspector;
import io.holdfast.internal.pack.PackNames;
import io.holdfast.internal.seal.DataKeyRing;
import io.holdfast.internal.seal.RepositoryKeys;
import io.holdfast.repository.VerifyLevel;
import io.holdfast.repository.VerifyRequest;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.runtime.Randomness;
import io.holdfast.store.InMemoryObjectStore;
import io.holdfast.store.ObjectStore;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RotationTest {
    private final ObjectStore store = new InMemoryObjectStore();
    private final MapConnector papers = new MapConnector("papers");

    private void backup(HoldfastRuntime runtime, Repository repository, String note) {
        papers.put(note, StoredWorld.noise(note.hashCode(), 4000));
        BackupSession.builder()
                .on(runtime)
                .from(papers)
                .into(repository)
                .build()
                .run();
    }

    /** The epochs of the data keys that packs are sealed with. */
    private Set<Long> epochs(Set<String> objects, String repository) {
        byte[] raw = new byte[32];
        raw[0] = 7;
        Set<Long> epochs = new TreeSet<>();
        try (RepositoryKeys keys = new RepositoryKeys(
                        raw, HexFormat.of().parseHex(repository), Encryptor.aes256Gcm(), Randomness.secure());
                DataKeyRing unused = DataKeyRing.first(Randomness.secure());
                PackInspector inspector = new PackInspector(store, keys, unused)) {
            StoredWorld.read(store).forEach((name, bytes) -> {
                if (objects.contains(name)) {
                    PackNames.parse(name, bytes.length)
                            .ifPresent(
                                    pack -> epochs.add(inspector.directory(pack).epoch()));
                }
            });
        }
        return epochs;
    }

    @Test
    void whatIsWrittenThroughTheSameRepositoryAfterARotationIsSealedWithTheNewKey() {
        try (HoldfastRuntime runtime = new SimulatedProcess(17).runtime();
                Repository repository =
                        Repository.create(store, StoredWorld.key()).on(runtime)) {
            backup(runtime, repository, "before");
            Set<String> before = StoredWorld.read(store).keySet();

            assertThat(repository.rotateDataKey()).isEqualTo(2);
            backup(runtime, repository, "between");
            Set<String> between = new TreeSet<>(StoredWorld.read(store).keySet());
            between.removeAll(before);
            assertThat(repository.rotateDataKey()).isEqualTo(3);
            backup(runtime, repository, "after");
            Set<String> after = new TreeSet<>(StoredWorld.read(store).keySet());
            after.removeAll(before);
            after.removeAll(between);

            assertThat(epochs(before, repository.id())).containsExactly(1L);
            assertThat(epochs(between, repository.id())).containsExactly(2L);
            assertThat(epochs(after, repository.id())).containsExactly(3L);
            assertThat(repository
                            .verify(VerifyRequest.of(VerifyLevel.REHEARSAL))
                            .damages())
                    .isEmpty();
        }
        try (HoldfastRuntime runtime = new SimulatedProcess(18).runtime();
                Repository repository =
                        Repository.open(store, StoredWorld.key()).on(runtime)) {
            assertThat(repository
                            .verify(VerifyRequest.of(VerifyLevel.REHEARSAL))
                            .damages())
                    .isEmpty();
        }
    }
}
