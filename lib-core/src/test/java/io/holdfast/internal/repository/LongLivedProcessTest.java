// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.crypto.Encryptor;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.internal.commit.ObjectNames;
import io.holdfast.internal.format.RetireList;
import io.holdfast.internal.format.RetireListCodec;
import io.holdfast.internal.pack.Lane;
import io.holdfast.internal.seal.EnvelopeKind;
import io.holdfast.internal.seal.EnvelopeName;
import io.holdfast.internal.seal.RepositoryKeys;
import io.holdfast.model.ByteSize;
import io.holdfast.model.ResourceId;
import io.holdfast.model.SourceId;
import io.holdfast.model.TenantId;
import io.holdfast.repository.Snapshot;
import io.holdfast.retry.RetryPolicy;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.runtime.MemoryBudget;
import io.holdfast.runtime.Randomness;
import io.holdfast.store.InMemoryObjectStore;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.PutOptions;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What others did to a repository while a process had it open. */
class LongLivedProcessTest {
    private static final byte[] KEY = new byte[32];
    private static final SourceId SOURCE = new SourceId("papers");
    private static final byte[] CHUNK = {1, 2, 3};

    private final ObjectStore store = new InMemoryObjectStore();

    private Snapshot commit(OpenRepository repository, boolean stores) {
        MemoryBudget memory = new MemoryBudget(ByteSize.mebibytes(256));
        try (SessionWork work = repository.begin(SOURCE, new TenantId("local"), memory)) {
            if (stores) {
                work.store(Lane.content(new ResourceId("one")), CHUNK, 0, CHUNK.length);
                work.flush(List.of());
            }
            return work.commit(true, Map.of());
        }
    }

    private void close(OpenRepository repository, RetireList list) {
        try (RepositoryKeys keys = new RepositoryKeys(
                KEY, HexFormat.of().parseHex(repository.id()), Encryptor.aes256Gcm(), Randomness.secure())) {
            byte[] sealed = keys.envelopes()
                    .seal(
                            EnvelopeName.of(EnvelopeKind.RETIRE_CLOSED, list.number()),
                            new byte[0],
                            RetireListCodec.encode(list));
            String name = ObjectNames.RETIRED + ObjectNames.digits(list.number()) + ".closed";
            store.put(new ObjectName(name), ObjectBody.of(sealed), PutOptions.createOnly());
        }
    }

    /** The number that it saw before would make the record void: the prune cannot have counted it. */
    @Test
    void aSessionThatStoresSeesThePruneThatClosedSinceItsProcessOpenedTheRepository() {
        try (HoldfastRuntime runtime = HoldfastRuntime.builder().build()) {
            RepositoryPlan plan = new RepositoryPlan(
                    store,
                    KeyProviders.raw(KEY),
                    Encryptor.aes256Gcm(),
                    RetryPolicy.never(),
                    Optional.empty(),
                    false,
                    runtime,
                    "test");
            try (OpenRepository repository = RepositoryEngine.create(plan)) {
                commit(repository, true);
                String lineage;
                try (RepositoryKeys keys = new RepositoryKeys(
                        KEY, HexFormat.of().parseHex(repository.id()), Encryptor.aes256Gcm(), Randomness.secure())) {
                    lineage = keys.lineageName(SOURCE.value(), "");
                }
                close(repository, new RetireList(1, List.of(), Map.of(), Map.of(lineage, 1L)));

                Snapshot second = commit(repository, true);

                assertThat(second.sequence()).isEqualTo(2);
                assertThat(repository.snapshots(SOURCE))
                        .extracting(Snapshot::sequence)
                        .containsExactly(1L, 2L);
            }
        }
    }
}
