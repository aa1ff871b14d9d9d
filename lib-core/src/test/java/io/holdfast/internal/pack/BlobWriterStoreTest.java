// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import static io.holdfast.internal.pack.PackWorld.ANA;
import static io.holdfast.internal.pack.PackWorld.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.RepositoryException;
import io.holdfast.error.StoreException;
import io.holdfast.internal.format.PackRef;
import io.holdfast.manifest.BlobRef;
import io.holdfast.runtime.TimeSource;
import io.holdfast.store.InMemoryObjectStore;
import io.holdfast.store.ObjectName;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.StoreCapabilities;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BlobWriterStoreTest {
    private final SplittableRandom random = new SplittableRandom(1);
    private final PackWorld world = new PackWorld(7);

    @Test
    void failsEveryCallAfterAFailedPut() {
        FailingStore failing = new FailingStore(1);
        try (PackWorld other = new PackWorld(3, failing);
                BlobWriter writer = other.writer()) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100; i++) {
                            write(writer, Lane.content(ANA), PackWorld.noise(random, 100_000));
                        }
                    })
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_FULL));
            assertThatThrownBy(() -> writer.flush(List.of())).isInstanceOf(StoreException.class);
            assertThatThrownBy(() -> writer.closeLane(ANA)).isInstanceOf(StoreException.class);
            assertThat(failing.puts()).as("nothing is put after the failure").isEqualTo(2);
        }
    }

    @Test
    void leavesOnlyWholePacksThatNothingNeedsWhenItEndsEarly() {
        for (int puts = 0; puts < 6; puts++) {
            FailingStore failing = new FailingStore(puts);
            try (PackWorld other = new PackWorld(3, failing)) {
                try (BlobWriter writer = other.writer()) {
                    for (int i = 0; i < 30; i++) {
                        write(writer, Lane.content(ANA), PackWorld.noise(random, 100_000));
                    }
                    writer.flush(List.of());
                } catch (StoreException expected) {
                    assertThat(expected.code()).isEqualTo(ErrorCode.STORE_FULL);
                }
                assertThat(other.packs()).hasSize(puts);
                try (PackInspector inspector = new PackInspector(failing, other.keys, other.ring)) {
                    assertThat(other.packs())
                            .allSatisfy(
                                    pack -> assertThat(inspector.inspect(pack).damages())
                                            .isEmpty());
                }
                failing.heal();
                try (BlobWriter again = other.writer()) {
                    byte[] chunk = PackWorld.text(random, 1000);
                    BlobRef ref = write(again, Lane.content(ANA), chunk);
                    again.flush(List.of());
                    assertThat(other.reader(List.of()).read(ref)).isEqualTo(chunk);
                }
            }
        }
    }

    @Test
    void takesAPackThatStandsThereAlreadyForItsOwnIfItHasItsLength() {
        byte[] chunk = PackWorld.text(random, 5000);
        PackRef first = packOf(chunk, world.store);
        assertThat(packOf(chunk, world.store))
                .as("a put whose outcome was not known, done again")
                .isEqualTo(first);
        world.replace(first.objectName(), new byte[10]);
        assertThatThrownBy(() -> packOf(chunk, world.store))
                .isInstanceOfSatisfying(
                        RepositoryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REPOSITORY_DAMAGED));
    }

    @Test
    void writesToAStoreThatCannotCreateConditionally() {
        InMemoryObjectStore poor = new InMemoryObjectStore(
                new StoreCapabilities(false, false, false, false, false, true), TimeSource.system());
        PackRef pack = packOf(PackWorld.text(random, 5000), poor);
        assertThat(poor.stat(new ObjectName(pack.objectName()))).isPresent();
    }

    private static PackRef packOf(byte[] chunk, ObjectStore store) {
        try (PackWorld same = new PackWorld(77, store);
                BlobWriter writer = same.writer()) {
            write(writer, Lane.content(ANA), chunk);
            return writer.flush(List.of()).packs().get(0);
        }
    }
}
