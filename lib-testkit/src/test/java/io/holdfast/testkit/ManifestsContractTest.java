// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.Holdfast;
import io.holdfast.crypto.Encryptor;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.internal.format.ResourceState;
import io.holdfast.internal.repository.ManifestWork;
import io.holdfast.internal.repository.OpenRepository;
import io.holdfast.internal.repository.RepositoryEngine;
import io.holdfast.internal.repository.RepositoryPlan;
import io.holdfast.internal.repository.RunDraft;
import io.holdfast.internal.repository.SessionWork;
import io.holdfast.manifest.EntryChange;
import io.holdfast.manifest.InMemoryManifest;
import io.holdfast.manifest.Manifest;
import io.holdfast.model.ResourceId;
import io.holdfast.model.SourceId;
import io.holdfast.model.TenantId;
import io.holdfast.repository.Snapshot;
import io.holdfast.retry.RetryPolicy;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.source.Resource;
import io.holdfast.store.InMemoryObjectStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

final class ManifestsContractTest {
    @Nested
    final class InMemory extends ManifestContract {
        @Override
        protected Manifest createManifest(List<List<EntryChange>> history) {
            Manifest manifest = InMemoryManifest.empty();
            for (List<EntryChange> batch : history) {
                manifest = manifest.apply(batch);
            }
            return manifest;
        }
    }

    /** Each batch is a session of its own: the manifest is a stack of as many runs, as long as none are merged. */
    @Nested
    final class OfRuns extends ManifestContract {
        private final ResourceId notes = new ResourceId("notes:ana");
        private final HoldfastRuntime runtime = Holdfast.runtime().build();
        private final OpenRepository repository = RepositoryEngine.create(new RepositoryPlan(
                new InMemoryObjectStore(),
                KeyProviders.raw(new byte[32]),
                Encryptor.aes256Gcm(),
                RetryPolicy.defaults(),
                Optional.empty(),
                false,
                runtime,
                Holdfast.version()));
        private int manifests;

        @AfterEach
        void closeRepository() {
            repository.close();
            runtime.close();
        }

        @Override
        protected Manifest createManifest(List<List<EntryChange>> history) {
            SourceId source = new SourceId("manifest-" + ++manifests);
            session(source, List.of());
            history.forEach(batch -> session(source, batch));
            Snapshot newest = repository.snapshot(source, OptionalLong.empty());
            return repository.manifest(newest, notes);
        }

        private void session(SourceId source, List<EntryChange> batch) {
            try (SessionWork work = repository.begin(source, new TenantId("local"), runtime.memory())) {
                ResourceState before = work.table()
                        .find(notes)
                        .orElseGet(() ->
                                ResourceState.fresh(new Resource(notes, "notes", "Notes", "ana", Optional.empty())));
                ManifestWork manifest = work.manifest(before);
                for (EntryChange change : batch) {
                    if (change instanceof EntryChange.Put put) {
                        manifest.put(put.entry());
                    } else {
                        manifest.remove(change.position());
                    }
                }
                List<RunDraft> drafts =
                        manifest.freeze(work.number()).map(List::of).orElseGet(List::of);
                work.flush(drafts);
                manifest.compact();
                work.table()
                        .put(new ResourceState(
                                before.resource(),
                                manifest.runs(),
                                manifest.digest(),
                                manifest.counts(),
                                before.feeds(),
                                before.ledger(),
                                before.openCounts(),
                                before.lastCompleted(),
                                before.departedSince()));
                work.commit(true, Map.of());
            }
        }
    }
}
