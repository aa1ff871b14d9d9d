// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.model.ResourceId;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.source.Part.Form;
import io.holdfast.store.InMemoryObjectStore;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Parts whose bytes never change are read once, however often their item is. */
class FixedPartTest {
    private static final ResourceId DRIVE = new ResourceId("drive:1");

    private final MapConnector source = new MapConnector("drives");
    private final HoldfastRuntime runtime = Holdfast.runtime().build();
    private Repository repository;

    @BeforeEach
    void create() {
        repository =
                Repository.create(new InMemoryObjectStore(), StoredWorld.key()).on(runtime);
    }

    @AfterEach
    void close() {
        repository.close();
        runtime.close();
    }

    private static MapConnector.Piece piece(String name, String text) {
        return new MapConnector.Piece(name, Form.FILE, text.getBytes(StandardCharsets.UTF_8));
    }

    private long bytesReadBy(MapConnector.Piece... pieces) {
        source.put(DRIVE, "plan", pieces);
        return BackupSession.builder()
                .on(runtime)
                .from(source)
                .into(repository)
                .build()
                .run()
                .bytes()
                .read();
    }

    @Test
    void anEarlierVersionIsNotReadAgainWhenTheContentMoves() {
        assertThat(bytesReadBy(piece("content", "second"), piece("version/1", "first")))
                .isEqualTo(11);

        assertThat(bytesReadBy(
                        piece("content", "the third"), piece("version/1", "first"), piece("version/2", "second")))
                .isEqualTo("the third".length() + "second".length());
    }

    @Test
    void anEarlierVersionOfAnotherLengthIsReadAgain() {
        bytesReadBy(piece("content", "second"), piece("version/1", "first"));

        assertThat(bytesReadBy(piece("content", "third"), piece("version/1", "not the first")))
                .isEqualTo("third".length() + "not the first".length());
    }
}
