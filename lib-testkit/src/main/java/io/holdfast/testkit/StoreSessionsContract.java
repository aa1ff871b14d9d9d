// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.BackupReport;
import io.holdfast.BackupSession;
import io.holdfast.Holdfast;
import io.holdfast.Repository;
import io.holdfast.RestoreReport;
import io.holdfast.RestoreSession;
import io.holdfast.RestoreTargets;
import io.holdfast.crypto.KeyProvider;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ResourceId;
import io.holdfast.repository.StoreProof.Ability;
import io.holdfast.repository.StoreProof.Verdict;
import io.holdfast.repository.VerifyLevel;
import io.holdfast.repository.VerifyRequest;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.store.ObjectListing;
import io.holdfast.store.ObjectStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What the whole engine does on a store: backed up, changed, backed up again, verified, restored, and its capabilities proven; a test of a store
 * extends this with a factory, beside {@link ObjectStoreContract}.
 */
@DisplayName("A repository on an object store")
public abstract class StoreSessionsContract {
    private static final int NOTES = 300;

    private final SeededRandomness random = new SeededRandomness(3);
    private final InMemorySource source = InMemorySource.create("notes");
    private final ResourceId box = source.addResource("box", "ana");
    private final ItemKey folder = source.addFolder(box, "inbox");
    private final List<ItemKey> notes = new ArrayList<>();
    private final HoldfastRuntime runtime = Holdfast.runtime().build();

    /** For subclasses. */
    protected StoreSessionsContract() {}

    /**
     * Opens the store under test.
     *
     * @return a handle on the same place each time, which is empty at first; the kit closes it
     */
    protected abstract ObjectStore open();

    /**
     * What the engine finds when it tries what the store says it can do.
     *
     * @return what of it is true, of all abilities
     */
    protected abstract Map<Ability, Verdict> proof();

    @AfterEach
    final void close() {
        runtime.close();
    }

    private static KeyProvider key() {
        return KeyProviders.raw(new byte[32]);
    }

    private void write() {
        for (int i = 0; i < NOTES; i++) {
            notes.add(source.add(box, folder, "note " + i, random.bytes(5_000)));
        }
        source.add(box, folder, "large", random.bytes(40_000_000));
    }

    private BackupReport backup(Repository repository) {
        return BackupSession.builder()
                .on(runtime)
                .from(source)
                .into(repository)
                .build()
                .run();
    }

    private void assertRestoresEqual(Repository repository) {
        List<String> before = contents();
        source.delete(box, folder);
        assertThat(contents()).isEmpty();
        RestoreReport report = RestoreSession.builder()
                .on(runtime)
                .from(repository)
                .snapshot(repository.latest(source.id()).orElseThrow())
                .to(RestoreTargets.source(source))
                .build()
                .run();
        assertThat(report.outcome()).isEqualTo(RestoreReport.Outcome.COMPLETE);
        assertThat(contents()).containsExactlyInAnyOrderElementsOf(before);
    }

    private List<String> contents() {
        return source.items(box).stream()
                .flatMap(item -> source.content(box, item.key(), "content").stream())
                .map(bytes -> bytes.length + " bytes, hash " + Arrays.hashCode(bytes))
                .toList();
    }

    @Test
    final void backsUpChangesVerifiesAndRestores() {
        write();
        try (ObjectStore store = open();
                Repository repository = Repository.create(store, key()).on(runtime)) {
            assertThat(backup(repository).items().stored()).isEqualTo(NOTES + 2);
        }
        source.change(box, notes.get(7), random.bytes(6_000));
        source.delete(box, notes.get(8));
        try (ObjectStore store = open();
                Repository repository = Repository.open(store, key()).on(runtime)) {
            BackupReport second = backup(repository);
            assertThat(second.outcome()).isEqualTo(BackupReport.Outcome.COMPLETE);
            assertThat(second.items().stored()).isEqualTo(1);
            assertThat(second.items().removed()).isEqualTo(1);

            assertThat(repository.verify(VerifyRequest.of(VerifyLevel.CONTENT)).damages())
                    .isEmpty();
            assertThat(Repository.verifyKeyless(store, runtime, Optional.empty())
                            .damages())
                    .isEmpty();
            assertRestoresEqual(repository);
            boolean conditional = proof().get(Ability.CONDITIONAL_CREATE) == Verdict.PROVEN;
            // Records are named by their number alone only where the service keeps two writers from taking the same.
            assertThat(snapshots(store)).hasSize(2).allMatch(name -> name.contains("-") != conditional);
        }
    }

    @Test
    final void provesWhatTheServiceReallyDoes() {
        try (ObjectStore store = open()) {
            Repository.create(store, key()).on(runtime).close();
        }
        // Another handle, which has not learnt anything yet.
        try (ObjectStore store = open();
                Repository repository = Repository.open(store, key()).on(runtime)) {
            assertThat(repository.proveStore().verdicts()).isEqualTo(proof());
        }
    }

    private static List<String> snapshots(ObjectStore store) {
        List<String> names = new ArrayList<>();
        try (ObjectListing listing = store.list("snapshots/")) {
            listing.forEachRemaining(object -> names.add(object.name().value()));
        }
        return names;
    }
}
