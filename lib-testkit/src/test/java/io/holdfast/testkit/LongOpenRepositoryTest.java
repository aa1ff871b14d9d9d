// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.BackupSession;
import io.holdfast.Holdfast;
import io.holdfast.Repository;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.manifest.PartEntry;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ResourceId;
import io.holdfast.repository.Snapshot;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.store.InMemoryObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A repository that a host keeps open while it backs up, day after day. */
final class LongOpenRepositoryTest {
    /** So many that sessions fold the packs of earlier ones into the index several times. */
    private static final int SESSIONS = 80;

    @Test
    void readsWhatEachLaterSessionStores() throws IOException {
        InMemorySource source = InMemorySource.create("notes");
        ResourceId box = source.addResource("notes:ana", "ana");
        ItemKey note = source.add(box, source.addFolder(box, "inbox"), "note", new byte[0]);
        try (HoldfastRuntime runtime = Holdfast.runtime().time(SimTime.create()).build();
                Repository repository = Repository.create(new InMemoryObjectStore(), KeyProviders.raw(new byte[32]))
                        .on(runtime)) {
            for (int session = 0; session < SESSIONS; session++) {
                source.change(box, note, ("text " + session).getBytes(StandardCharsets.UTF_8));
                BackupSession.builder()
                        .on(runtime)
                        .from(source)
                        .into(repository)
                        .build()
                        .run();

                assertThat(read(repository, repository.latest(source.id()).orElseThrow(), box, note))
                        .isEqualTo("text " + session);
            }
        }
    }

    private static String read(Repository repository, Snapshot snapshot, ResourceId box, ItemKey note)
            throws IOException {
        PartEntry part = repository
                .manifest(snapshot, box)
                .get(note)
                .orElseThrow()
                .parts()
                .get(0);
        try (InputStream in = repository.read(snapshot, part)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
