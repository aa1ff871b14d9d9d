// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.BackupReport;
import io.holdfast.BackupSession;
import io.holdfast.Holdfast;
import io.holdfast.Repository;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.error.RepositoryException;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ResourceId;
import io.holdfast.repository.ResourceSummary;
import io.holdfast.repository.Snapshot;
import io.holdfast.repository.VerifyLevel;
import io.holdfast.repository.VerifyRequest;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.store.InMemoryObjectStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Letting go of a resource that its source no longer names. */
class ReleaseTest {
    private final HoldfastRuntime runtime = Holdfast.runtime().build();
    private final Repository repository = Repository.create(new InMemoryObjectStore(), KeyProviders.raw(new byte[32]))
            .on(runtime);
    private final InMemorySource source = InMemorySource.create("notes");
    private final ResourceId ana = filled("ana", 3);
    private final ResourceId bob = filled("bob", 5);

    @AfterEach
    void close() {
        repository.close();
        runtime.close();
    }

    private ResourceId filled(String owner, int notes) {
        ResourceId resource = source.addResource("notes:" + owner, owner);
        ItemKey folder = source.addFolder(resource, "inbox");
        for (int i = 0; i < notes; i++) {
            source.add(resource, folder, "note-" + i, new byte[100]);
        }
        return resource;
    }

    private BackupReport backUp() {
        return BackupSession.builder()
                .on(runtime)
                .from(source)
                .into(repository)
                .build()
                .run();
    }

    @Test
    void leavesTheOtherResourcesAndCountsWhatTheyHold() {
        backUp();
        source.removeResource(bob);
        BackupReport without = backUp();
        assertThat(without.snapshot().orElseThrow().items()).isEqualTo(4 + 6);

        Snapshot released = repository.release(source.id(), bob);

        assertThat(repository.resources(released))
                .singleElement()
                .extracting(ResourceSummary::id, ResourceSummary::items, ResourceSummary::bytes)
                .containsExactly(ana, 4L, 300L);
        assertThat(released.items()).isEqualTo(4);
        assertThat(released.bytes()).isEqualTo(300);
        assertThat(repository.verify(VerifyRequest.of(VerifyLevel.CONTENT)).sound())
                .isTrue();
        assertThat(backUp().items().stored()).isZero();
    }

    @Test
    void keepsWhatTheSourceStillNames() {
        backUp();

        assertThatExceptionOfType(RepositoryException.class)
                .isThrownBy(() -> repository.release(source.id(), ana))
                .withMessageContaining("has not departed");
    }
}
