// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import static io.holdfast.internal.pack.PackWorld.ANA;
import static io.holdfast.internal.pack.PackWorld.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.crypto.SealBrokenException;
import io.holdfast.crypto.Slice;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import io.holdfast.error.RepositoryException;
import io.holdfast.internal.digest.Sha256;
import io.holdfast.internal.format.PackRef;
import io.holdfast.manifest.BlobRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PackInspectorTest {
    private final SplittableRandom random = new SplittableRandom(4);
    private final PackWorld world = new PackWorld(10);
    private final List<BlobRef> refs = new ArrayList<>();
    private final List<byte[]> chunks = new ArrayList<>();

    private PackRef smallPack() {
        try (BlobWriter writer = world.writer()) {
            for (int i = 0; i < 4; i++) {
                byte[] chunk = PackWorld.text(random, 100 + i);
                chunks.add(chunk);
                refs.add(write(writer, i < 2 ? Lane.content(ANA) : Lane.metadata(ANA), chunk));
            }
            return writer.flush(List.of(new PackWorld.PlainAnnex("manifest-run", PackWorld.noise(random, 90))))
                    .packs()
                    .get(0);
        }
    }

    @Test
    void findsNothingWrongWithASoundPack() {
        PackRef pack = smallPack();
        try (PackInspector inspector = new PackInspector(world.store, world.keys, world.ring)) {
            PackFinding finding = inspector.inspect(pack);
            assertThat(finding.isSound()).isTrue();
            assertThat(finding.frames()).isEqualTo(2);
            assertThat(finding.blobs()).isEqualTo(4);
        }
        assertThat(PackInspector.inspectKeyless(world.store, pack).isSound()).isTrue();
    }

    @Test
    void findsTheDamageOfEverySingleByteWithAndWithoutKeys() {
        PackRef pack = smallPack();
        byte[] sound = world.bytes(pack.objectName());
        try (PackInspector inspector = new PackInspector(world.store, world.keys, world.ring)) {
            for (int at = 0; at < sound.length; at++) {
                byte[] damaged = sound.clone();
                damaged[at] ^= (byte) (1 << random.nextInt(8));
                world.replace(pack.objectName(), damaged);
                assertThat(PackInspector.inspectKeyless(world.store, pack).isSound())
                        .as("byte " + at)
                        .isFalse();
                assertThat(inspector.inspect(pack).isSound()).as("byte " + at).isFalse();
            }
        }
    }

    @Test
    void findsDamageByStructureAloneWhenTheNameIsMadeToFit() {
        PackRef pack = smallPack();
        byte[] sound = world.bytes(pack.objectName());
        try (PackInspector inspector = new PackInspector(world.store, world.keys, world.ring)) {
            for (int at = 0; at < sound.length; at++) {
                byte[] damaged = sound.clone();
                damaged[at] ^= (byte) (1 << random.nextInt(8));
                PackRef renamed = new PackRef(Sha256.start().digest(damaged), pack.meta(), damaged.length);
                world.replace(renamed.objectName(), damaged);
                assertThat(inspector.inspect(renamed).isSound())
                        .as("byte " + at)
                        .isFalse();
            }
        }
    }

    @Test
    void neverReadsOtherBytesFromADamagedPack() {
        PackRef pack = smallPack();
        byte[] sound = world.bytes(pack.objectName());
        for (int at = 0; at < sound.length; at++) {
            byte[] damaged = sound.clone();
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            world.replace(pack.objectName(), damaged);
            BlobReader reader = world.reader(List.of(pack));
            for (int i = 0; i < refs.size(); i++) {
                try {
                    assertThat(reader.read(refs.get(i))).isEqualTo(chunks.get(i));
                } catch (RepositoryException refused) {
                    assertThat(refused.code()).isEqualTo(ErrorCode.BLOB_MISSING);
                }
            }
        }
    }

    @Test
    void recognisesAPackThatIsCutOffAnywhere() {
        PackRef pack = smallPack();
        byte[] sound = world.bytes(pack.objectName());
        try (PackInspector inspector = new PackInspector(world.store, world.keys, world.ring)) {
            for (int length = 0; length < sound.length; length += 1 + length / 50) {
                world.replace(pack.objectName(), Arrays.copyOf(sound, length));
                PackRef asListed = new PackRef(pack.id(), pack.meta(), length);
                for (PackRef each : List.of(pack, asListed)) {
                    assertThat(PackInspector.inspectKeyless(world.store, each).damages())
                            .anyMatch(damage -> damage.what().contains("cut off"));
                    assertThat(inspector.inspect(each).isSound()).isFalse();
                    assertThatThrownBy(() -> inspector.directory(each))
                            .isInstanceOfSatisfying(
                                    HoldfastException.class,
                                    e -> assertThat(e.code()).isEqualTo(ErrorCode.REPOSITORY_DAMAGED));
                }
            }
        }
    }

    @Test
    void namesTheBlobsThatADamagedFrameLoses() {
        PackRef pack = smallPack();
        byte[] damaged = world.bytes(pack.objectName());
        FrameEntry second = world.directory(pack).frames().get(1);
        damaged[(int) second.start() + 60] ^= 4;
        world.replace(pack.objectName(), damaged);
        try (PackInspector inspector = new PackInspector(world.store, world.keys, world.ring)) {
            PackFinding finding = inspector.inspect(pack);
            assertThat(finding.frames()).isEqualTo(1);
            assertThat(finding.damages()).anySatisfy(damage -> {
                assertThat(damage.start()).isEqualTo(second.start());
                assertThat(damage.lostBlobs()).hasSize(2);
                assertThat(damage.lostBlobs().get(0)).isEqualTo(second.id(0));
            });
        }
    }

    @Test
    void refusesAFrameUnderTheSaltOfAnother() {
        PackRef pack = smallPack();
        PackDirectory directory = world.directory(pack);
        FrameEntry first = directory.frames().get(0);
        FrameEntry second = directory.frames().get(1);
        assertThat(first.salt()).isNotEqualTo(second.salt());
        FrameEntry mixed = new FrameEntry(
                first.kind(), first.start(), first.storedLength(), second.salt(), first.ids(), first.lengths());
        byte[] stored = Arrays.copyOfRange(world.bytes(pack.objectName()), (int) first.start(), (int) first.end());
        assertThatThrownBy(() -> new FrameCodec(world.scope).open(mixed, directory.epoch(), Slice.of(stored)))
                .isInstanceOf(SealBrokenException.class);
    }

    @Test
    void opensPacksOfOlderEpochsAfterARotation() {
        PackRef pack = smallPack();
        try (PackInspector inspector =
                new PackInspector(world.store, world.keys, world.ring.rotated(world.randomness))) {
            assertThat(inspector.inspect(pack).isSound()).isTrue();
        }
    }
}
