// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.manifest.ManifestEntry;
import io.holdfast.manifest.MetadataEntry;
import io.holdfast.model.FeedId;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemKind;
import io.holdfast.model.ResourceId;
import io.holdfast.repository.StoredItem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ParentsFirstTest {
    private final List<String> put = new ArrayList<>();
    private final ParentsFirst order =
            new ParentsFirst(item -> put.add(item.entry().key().value()));

    /** A folder whose names from the top on are keys, too. */
    private static StoredItem folder(String path) {
        List<String> names = Arrays.asList(path.split("/"));
        List<ItemKey> above = names.size() == 1 ? List.of() : List.of(new ItemKey(names.get(names.size() - 2)));
        String name = names.get(names.size() - 1);
        ManifestEntry entry = new ManifestEntry(
                new ItemKey(name),
                ItemKind.container("folder"),
                new FeedId("folders"),
                above,
                name,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                -1,
                new MetadataEntry.Inline(new byte[0], new byte[32]),
                List.of(),
                List.of(),
                ManifestEntry.Condition.WHOLE);
        return new StoredItem(new ResourceId("tree"), names, entry);
    }

    @Test
    void putsWhatLiesInAContainerAfterItWhateverTheKeysSay() {
        for (String path : List.of("z/y/a", "z/y/b", "c", "z/y", "z", "z/zz")) {
            order.add(folder(path));
        }
        order.finish();

        assertThat(put).containsExactly("c", "z", "y", "a", "b", "zz");
    }

    @Test
    void putsAtTheEndWhatLiesInAContainerThatIsNoPartOfTheRestore() {
        order.add(folder("gone/y/a"));
        order.add(folder("gone/y"));
        order.add(folder("c"));
        assertThat(put).containsExactly("c");

        order.finish();

        assertThat(put).containsExactly("c", "y", "a");
    }
}
