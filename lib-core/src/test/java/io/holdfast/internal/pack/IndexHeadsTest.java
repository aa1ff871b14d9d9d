// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.error.CommitLostException;
import io.holdfast.error.RepositoryException;
import io.holdfast.runtime.TimeSource;
import io.holdfast.store.InMemoryObjectStore;
import io.holdfast.store.ObjectBody;
import io.holdfast.store.ObjectName;
import io.holdfast.store.PutOptions;
import io.holdfast.store.StoreCapabilities;
import java.util.List;
import org.junit.jupiter.api.Test;

class IndexHeadsTest {

    @Test
    void aHeadOfAnyLengthIsReadOnlyUpToItsLimit() {
        try (PackWorld world = new PackWorld(1)) {
            byte[] bomb = new byte[(16 << 20) + 1];
            world.store.put(
                    new ObjectName("index/heads/00000000000000000001"), ObjectBody.of(bomb), PutOptions.createOnly());

            IndexHeads heads = new IndexHeads(world.store, world.keys);

            assertThatThrownBy(heads::newest)
                    .isInstanceOf(RepositoryException.class)
                    .hasMessageContaining("more than 16777216 bytes");
        }
    }

    @Test
    void aStoreWithoutConditionalCreateTakesAHeadAndNoSecondOneOfItsNumber() {
        try (PackWorld world =
                new PackWorld(1, new InMemoryObjectStore(StoreCapabilities.basic(), TimeSource.system()))) {
            IndexHeads heads = new IndexHeads(world.store, world.keys);
            IndexRunName run = new IndexRunName(world.scope.name(), new byte[32]);
            heads.publish(new IndexHead(1, List.of(run), List.of()));

            assertThat(heads.newest().current()).containsExactly(run);
            assertThatThrownBy(() -> heads.publish(new IndexHead(1, List.of(), List.of())))
                    .isInstanceOf(CommitLostException.class);
            assertThat(heads.newest().current()).containsExactly(run);
        }
    }
}
