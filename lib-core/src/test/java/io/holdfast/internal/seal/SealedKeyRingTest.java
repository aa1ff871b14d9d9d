// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.crypto.Argon2Cost;
import io.holdfast.crypto.Encryptor;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.crypto.SealBrokenException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SealedKeyRingTest {
    private static final byte[] KEY = new byte[32];
    private static final byte[] ID = new byte[16];

    private final Encryptor encryptor = Encryptor.aes256Gcm();
    private final CountingRandomness randomness = new CountingRandomness();
    private final RepositoryKeys keys = new RepositoryKeys(KEY, ID, encryptor, randomness);
    private final OpenedSlot one = slot("one");
    private final OpenedSlot two = slot("two");

    @Test
    void eachSlotThatItWasSealedForOpensIt() throws SealBrokenException {
        DataKeyRing ring = DataKeyRing.first(randomness).rotated(randomness);
        byte[] object = SealedKeyRing.seal(ring, List.of(one, two), keys).object(keys, 4);

        SealedKeyRing read = SealedKeyRing.read(keys, 4, object);

        assertThat(read.slots())
                .containsExactlyInAnyOrder(one.slot().name(), two.slot().name());
        for (OpenedSlot slot : List.of(one, two)) {
            DataKeyRing opened = read.open(slot, keys).orElseThrow();
            assertThat(opened.newest()).isEqualTo(2);
            assertThat(opened.key(1)).isEqualTo(ring.key(1));
            assertThat(opened.key(2)).isEqualTo(ring.key(2));
        }
    }

    @Test
    void aSlotThatWasNotOpenAtTheRotationOpensOnlyTheOlderRing() throws SealBrokenException {
        DataKeyRing first = DataKeyRing.first(randomness);
        SealedKeyRing before = SealedKeyRing.seal(first, List.of(one, two), keys);
        SealedKeyRing after = SealedKeyRing.seal(first.rotated(randomness), List.of(one), keys);

        assertThat(after.open(two, keys)).isEmpty();
        assertThat(before.open(two, keys)).isPresent();
    }

    @Test
    void theRepositoryKeyAloneDoesNotTellTheDataKeys() throws SealBrokenException {
        DataKeyRing ring = DataKeyRing.first(randomness);
        byte[] object = SealedKeyRing.seal(ring, List.of(one), keys).object(keys, 1);

        byte[] body = keys.envelopes()
                .open(EnvelopeName.of(EnvelopeKind.KEY_RING, 1), object)
                .body();

        assertThat(HexFormat.of().formatHex(body)).doesNotContain(HexFormat.of().formatHex(ring.key(1)));
    }

    @Test
    void aSlotIsAddedWhileTheOthersAreNotOpen() throws SealBrokenException {
        OpenedSlot three = slot("three");
        DataKeyRing ring = DataKeyRing.first(randomness);
        SealedKeyRing more = SealedKeyRing.seal(ring, List.of(one, two), keys).withSlot(one, three, keys);

        SealedKeyRing read = SealedKeyRing.read(keys, 2, more.object(keys, 2));

        assertThat(read.slots()).hasSize(3);
        assertThat(read.open(two, keys).orElseThrow().key(1)).isEqualTo(ring.key(1));
        assertThat(read.open(three, keys).orElseThrow().key(1)).isEqualTo(ring.key(1));
        assertThatThrownBy(() -> SealedKeyRing.seal(ring, List.of(one), keys).withSlot(two, three, keys))
                .isInstanceOf(SealBrokenException.class);
    }

    @Test
    void aSlotIsTakenOutButNotTheLast() {
        SealedKeyRing both = SealedKeyRing.seal(DataKeyRing.first(randomness), List.of(one, two), keys);
        SealedKeyRing left = both.withoutSlot(one.slot().name());

        assertThat(left.slots()).containsExactly(two.slot().name());
        assertThatThrownBy(() -> left.withoutSlot(two.slot().name())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesEveryFlippedBitTruncationAndAnotherNumber() {
        byte[] object = SealedKeyRing.seal(DataKeyRing.first(randomness), List.of(one), keys)
                .object(keys, 1);
        for (int bit = 0; bit < object.length * 8; bit++) {
            byte[] altered = object.clone();
            altered[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> SealedKeyRing.read(keys, 1, altered)).isInstanceOf(SealBrokenException.class);
        }
        for (int length = 0; length < object.length; length++) {
            byte[] cut = Arrays.copyOf(object, length);
            assertThatThrownBy(() -> SealedKeyRing.read(keys, 1, cut)).isInstanceOf(SealBrokenException.class);
        }
        assertThatThrownBy(() -> SealedKeyRing.read(keys, 2, object)).isInstanceOf(SealBrokenException.class);
    }

    @Test
    void refusesBodiesThatTheKeyHolderWroteWrong() {
        for (byte[] body :
                List.of(new byte[0], new byte[40], bodyOf(1, 0), bodyOf(2, 1), bodyOf(1, 1025), bodyOf(1, 3))) {
            byte[] object = keys.envelopes().seal(EnvelopeName.of(EnvelopeKind.KEY_RING, 1), new byte[0], body);
            assertThatThrownBy(() -> SealedKeyRing.read(keys, 1, object)).isInstanceOf(SealBrokenException.class);
        }
    }

    @Test
    void refusesRingsOfImpossibleLength() {
        for (byte[] ring : List.of(
                new byte[0], new byte[4], new byte[36], ringOf(2, 36), ringOf(0x0800_0001, 36), ringOf(-1, 36))) {
            assertThatThrownBy(() -> DataKeyRing.decoded(ring)).isInstanceOf(SealBrokenException.class);
        }
    }

    @Test
    void anEpochHasAKeyOfItsOwnAndPrintsNothing() {
        DataKeyRing ring = DataKeyRing.first(randomness).rotated(randomness);

        assertThat(ring.key(1)).isNotEqualTo(ring.key(2));
        assertThat(ring.toString()).doesNotContain(HexFormat.of().formatHex(ring.key(1)));
    }

    private OpenedSlot slot(String passphrase) {
        return KeySlot.create(
                KeyProviders.passphrase(passphrase.toCharArray(), new Argon2Cost(19 * 1024, 1, 1)),
                KEY,
                ID,
                encryptor,
                randomness);
    }

    private static byte[] bodyOf(int version, int slots) {
        byte[] body = new byte[150];
        body[0] = (byte) version;
        ByteBuffer.wrap(body).putShort(33, (short) slots);
        return body;
    }

    private static byte[] ringOf(int epochs, int length) {
        byte[] ring = new byte[length];
        ByteBuffer.wrap(ring).putInt(epochs);
        return ring;
    }
}
