// SPDX-License-Identifier: Apache-2.0
package io.holdfast.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.BackupReport;
import io.holdfast.BackupSession;
import io.holdfast.Holdfast;
import io.holdfast.Repository;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ResourceId;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.source.SourceConnector;
import io.holdfast.source.SourceContext;
import io.holdfast.store.InMemoryObjectStore;
import io.holdfast.testkit.InMemorySource;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListedSourceTest {
    private final HoldfastRuntime runtime = Holdfast.runtime().build();

    @AfterEach
    void close() {
        runtime.close();
    }

    private static InMemorySource filled() {
        InMemorySource source = InMemorySource.create("notes");
        ResourceId notes = source.addResource("notes:ana", "ana");
        ItemKey folder = source.addFolder(notes, "inbox");
        source.add(notes, folder, "note", "text".getBytes(StandardCharsets.UTF_8));
        source.addResource("notes:bob", "bob");
        return source;
    }

    private BackupReport backUp(SourceConnector source) {
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
    void isListedOnceHoweverOftenItsResourcesAreLookedAt() {
        InMemorySource asked = filled();
        BackupReport alone = backUp(asked);

        InMemorySource listed = filled();
        BackupReport after = backUp(ListedSource.list(listed, new SourceContext(runtime, runtime.memory())));

        assertThat(listed.requests()).isEqualTo(asked.requests());
        assertThat(after.resources().discovered()).isEqualTo(alone.resources().discovered());
        assertThat(after.snapshot().orElseThrow().digest())
                .isEqualTo(alone.snapshot().orElseThrow().digest());
    }
}
