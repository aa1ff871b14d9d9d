// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.model.ItemKey;
import io.holdfast.source.Fetched;
import io.holdfast.source.KindCapability;
import io.holdfast.source.Pull;
import io.holdfast.source.Renderer;
import io.holdfast.source.RestoreItem;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Files for people: one way for a kind, whole, and into a stream that stays open. */
abstract class SourceRenderingRules extends SourceRules {
    private static final String TAG = "00112233445566778899aabbccddeeff";

    SourceRenderingRules(Given given) {
        super(given);
    }

    @Test
    void offersAtMostOneRendererForAKindThatItDeclares() {
        assertThat(source().renderers()).extracting(Renderer::kind).doesNotHaveDuplicates();
        assertThat(source().kinds())
                .extracting(KindCapability::kind)
                .containsAll(source().renderers().stream().map(Renderer::kind).toList());
    }

    @Test
    void namesAnEndingWithItsDot() {
        assertThat(source().renderers())
                .allSatisfy(renderer -> assertThat(renderer.extension()).matches("\\.[A-Za-z0-9]+"));
    }

    @Test
    void rendersAnItemIntoAStreamThatItLeavesOpen() throws Exception {
        ItemKey key = fixture().create("note", contentOf(1));
        SourceReading reading = read(source());
        for (Renderer renderer : source().renderers()) {
            if (!renderer.kind().equals(reading.item(key).kind())) {
                continue;
            }
            AtomicBoolean closed = new AtomicBoolean();
            ByteArrayOutputStream out = new ByteArrayOutputStream() {
                @Override
                public void close() {
                    closed.set(true);
                }
            };
            try (Pull<Fetched> pull = source().fetch(fixture().resource(), List.of(ref(reading, key)))) {
                if (!(pull.next() instanceof Fetched.Found found)) {
                    throw new AssertionError("item '" + key + "' is there and is not found");
                }
                renderer.render(
                        new RestoreItem(fixture().resource(), found.item(), List.of(), TAG, found.parts()), out);
            }
            assertThat(out.size()).as("bytes of a rendered item").isPositive();
            assertThat(closed).isFalse();
        }
    }
}
