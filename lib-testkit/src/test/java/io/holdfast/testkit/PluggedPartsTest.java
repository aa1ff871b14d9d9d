// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.BackupReport;
import io.holdfast.BackupSession;
import io.holdfast.Holdfast;
import io.holdfast.Repository;
import io.holdfast.RestoreSession;
import io.holdfast.RestoreTargets;
import io.holdfast.crypto.KeyProvider;
import io.holdfast.error.HoldfastException;
import io.holdfast.manifest.EntryChange;
import io.holdfast.manifest.InMemoryManifest;
import io.holdfast.manifest.Manifest;
import io.holdfast.manifest.ManifestEntry;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ResourceId;
import io.holdfast.repository.Snapshot;
import io.holdfast.repository.VerifyLevel;
import io.holdfast.repository.VerifyRequest;
import io.holdfast.retry.Failure;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.retry.RetryPolicy;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.source.Pull;
import io.holdfast.source.Resource;
import io.holdfast.source.Source;
import io.holdfast.store.InMemoryObjectStore;
import io.holdfast.store.ObjectStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A host that brings every part itself: store, encryptor, key provider, retry policy, source and manifest. */
final class PluggedPartsTest {
    private final HoldfastRuntime runtime =
            Holdfast.runtime().time(SimTime.create()).build();
    private final ObjectStore store = new ForwardingObjectStore(new InMemoryObjectStore()) {};
    private final InMemorySource source = InMemorySource.create("notes");
    private final ResourceId notes = source.addResource("notes:ana", "ana");
    private final ItemKey folder = source.addFolder(notes, "inbox");
    private final byte[] large = new SeededRandomness(1).bytes(200_000);

    @BeforeEach
    void fill() {
        for (int i = 0; i < 12; i++) {
            source.add(notes, folder, "note-" + i, new SeededRandomness(i).bytes(300));
        }
        source.add(notes, folder, "large", large);
    }

    @AfterEach
    void close() {
        runtime.close();
    }

    private static KeyProvider key() {
        return new ServiceKeyProvider(new SeededRandomness(7).bytes(32));
    }

    private Repository create() {
        return Repository.create(store, key())
                .encryptor(new CtrHmacEncryptor())
                .retrying(RetryPolicy.never())
                .on(runtime);
    }

    @Test
    void aSessionWorksWithTheHostsOwnParts() {
        create().close();
        AtomicInteger decisions = new AtomicInteger();
        RetryPolicy policy = (failure, progress) -> {
            decisions.incrementAndGet();
            return new RetryPolicy.RetryAfter(Duration.ofSeconds(1));
        };
        AtomicInteger calls = new AtomicInteger();

        BackupReport report = BackupSession.builder()
                .on(runtime)
                .from(ForwardingSource.opening(source, (open, context) -> failingFirst(open, calls)))
                .into(store)
                .encryptedBy(new CtrHmacEncryptor(), key())
                .retrying(policy)
                .build()
                .run();

        assertThat(report.outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
        assertThat(report.items().stored()).isEqualTo(14);
        assertThat(decisions).as("decisions of the host's own policy").hasValue(1);
        assertVerifiesAndRestores(report.snapshot().orElseThrow());
    }

    private static Source failingFirst(Source open, AtomicInteger calls) {
        return new ForwardingSource(open) {
            @Override
            public List<io.holdfast.source.Feed> feeds(Resource resource) {
                if (calls.getAndIncrement() == 0) {
                    throw new FailureException(Failure.of(FailureCategory.TRANSIENT, "503"), "busy", null);
                }
                return inner.feeds(resource);
            }

            @Override
            public Pull<Resource> discover() {
                return inner.discover();
            }
        };
    }

    private void assertVerifiesAndRestores(Snapshot snapshot) {
        try (Repository repository =
                Repository.open(store, key()).encryptor(new CtrHmacEncryptor()).on(runtime)) {
            assertThat(repository.verify(VerifyRequest.of(VerifyLevel.CONTENT)).sound())
                    .isTrue();
            source.delete(notes, folder);
            RestoreSession.builder()
                    .on(runtime)
                    .from(repository)
                    .snapshot(snapshot)
                    .to(RestoreTargets.source(source))
                    .build()
                    .run();
        }
        assertThat(source.items(notes))
                .filteredOn(item -> item.name().equals("large"))
                .singleElement()
                .satisfies(item ->
                        assertThat(source.content(notes, item.key(), "content")).hasValue(large));
    }

    @Test
    void aRepositoryIsNotOpenedWithAnotherSuite() {
        create().close();

        assertThatExceptionOfType(HoldfastException.class)
                .isThrownBy(() -> Repository.open(store, key()).on(runtime).close())
                .withMessageContaining("A256CTR-HS256");
    }

    @Test
    void aSnapshotIsComparedWithAManifestOfTheHost() {
        try (Repository repository = create()) {
            Snapshot first = backUp(repository);
            Manifest host = InMemoryManifest.empty().apply(puts(repository.manifest(first, notes)));
            ItemKey gone = source.items(notes).get(3).key();
            source.delete(notes, gone);
            ItemKey late = source.add(notes, folder, "late", new byte[] {1});
            Manifest second = repository.manifest(backUp(repository), notes);

            assertThat(keys(second, repository.manifest(first, notes))).containsExactly(gone, late);
            assertThat(keys(second, host)).containsExactly(gone, late);
            assertThat(keys(host, second)).containsExactly(gone, late);
            assertThat(second.get(late).map(ManifestEntry::name)).hasValue("late");
            assertThat(second.counts().items()).isEqualTo(13);
        }
    }

    private Snapshot backUp(Repository repository) {
        return BackupSession.builder()
                .on(runtime)
                .from(source)
                .into(repository)
                .build()
                .run()
                .snapshot()
                .orElseThrow();
    }

    private static List<EntryChange> puts(Manifest manifest) {
        List<EntryChange> puts = new ArrayList<>();
        try (Manifest.EntryCursor entries = manifest.range(Optional.empty())) {
            for (ManifestEntry entry = entries.next(); entry != null; entry = entries.next()) {
                puts.add(new EntryChange.Put(entry));
            }
        }
        return puts;
    }

    private static List<ItemKey> keys(Manifest newer, Manifest older) {
        List<ItemKey> keys = new ArrayList<>();
        try (Manifest.DifferenceCursor differences = newer.diff(older)) {
            for (Manifest.Difference each = differences.next(); each != null; each = differences.next()) {
                keys.add(each.after().or(each::before).orElseThrow().key());
            }
        }
        return keys;
    }
}
