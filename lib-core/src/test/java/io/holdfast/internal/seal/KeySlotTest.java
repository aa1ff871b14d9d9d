// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.crypto.Argon2Cost;
import io.holdfast.crypto.Encryptor;
import io.holdfast.crypto.KeyProvider;
import io.holdfast.crypto.KeyProviders;
import io.holdfast.crypto.WrappedKey;
import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;
import io.holdfast.error.KeyException;
import io.holdfast.error.RepositoryException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class KeySlotTest {
    private static final byte[] KEY = HexFormat.of().parseHex("c3".repeat(32));
    private static final byte[] ID = HexFormat.of().parseHex("1d".repeat(16));

    private final Encryptor encryptor = Encryptor.aes256Gcm();
    private final CountingRandomness randomness = new CountingRandomness();
    private final KeyProvider raw = KeyProviders.raw(KEY);
    private final KeyProvider passphrase =
            KeyProviders.passphrase("correct horse".toCharArray(), new Argon2Cost(19 * 1024, 1, 1));

    @Test
    void aPassphraseOpensItsSlot() {
        KeySlot slot = slot(passphrase);

        try (OpenedSlot opened = KeySlot.parse(slot.name(), slot.bytes())
                .open(passphrase, ID, encryptor)
                .orElseThrow()) {
            assertThat(opened.repositoryKey()).isEqualTo(KEY);
            assertThat(opened.keys(encryptor, randomness).fingerprint())
                    .isEqualTo(new RepositoryKeys(KEY, ID, encryptor, randomness).fingerprint());
        }
        assertThat(slot.provider()).isEqualTo("passphrase");
        assertThat(slot.name()).matches("[0-9a-f]{16}");
    }

    @Test
    void aWrongPassphraseAndAnotherProviderOpenNothing() {
        KeySlot slot = slot(passphrase);
        try (KeyProvider wrong =
                KeyProviders.passphrase("correct horsf".toCharArray(), new Argon2Cost(19 * 1024, 1, 1))) {
            assertThat(slot.open(wrong, ID, encryptor)).isEmpty();
        }
        assertThat(slot.open(raw, ID, encryptor)).isEmpty();
    }

    @Test
    void namesDamageForEveryFlippedBitAndEveryTruncation() {
        KeySlot slot = slot(raw);
        byte[] bytes = slot.bytes();
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] altered = bytes.clone();
            altered[bit / 8] ^= (byte) (1 << bit % 8);
            assertDamaged(slot.name(), altered);
        }
        for (int length = 0; length < bytes.length; length++) {
            assertDamaged(slot.name(), Arrays.copyOf(bytes, length));
        }
        assertDamaged(slot.name(), Arrays.copyOf(bytes, bytes.length + 1));
    }

    @Test
    void refusesEveryFlippedBitThoughTheChecksumWasMadeAgain() throws NoSuchAlgorithmException {
        KeySlot slot = slot(raw);
        byte[] bytes = slot.bytes();
        int covered = bytes.length - 32;
        for (int bit = 0; bit < covered * 8; bit++) {
            byte[] altered = bytes.clone();
            altered[bit / 8] ^= (byte) (1 << bit % 8);
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(Arrays.copyOf(altered, covered));
            System.arraycopy(sum, 0, altered, covered, 32);
            assertThat(opens(slot.name(), altered)).as("bit %d", bit).isFalse();
        }
    }

    @Test
    void refusesACopyUnderAnotherNameAndInAnotherRepository() {
        KeySlot slot = slot(raw);

        assertDamaged("0000000000000000", slot.bytes());
        assertThatThrownBy(() -> slot.open(raw, new byte[16], encryptor))
                .isInstanceOf(RepositoryException.class)
                .hasMessageContaining("belongs to repository " + "1d".repeat(16));
    }

    @Test
    void refusesCostsOutsideTheirBoundsBeforeTheyRun() {
        KeySlot slot = slot(passphrase);
        Map<String, Long> parameters = new TreeMap<>(slot.wrapped().parameters());
        parameters.put("memory-kib", 1L << 30);
        WrappedKey greedy = new WrappedKey(
                "passphrase", parameters, slot.wrapped().salt(), slot.wrapped().wrapped());
        byte[] bytes = new KeySlot(ID, slot.slotId(), greedy, slot.sealedKey(), slot.code()).bytes();

        assertThatThrownBy(() -> KeySlot.parse(slot.name(), bytes).open(passphrase, ID, encryptor))
                .isInstanceOf(KeyException.class)
                .extracting(error -> ((HoldfastException) error).code())
                .isEqualTo(ErrorCode.KEY_PARAMETERS);
    }

    @Test
    void refusesASlotThatCommitsToAnotherKey() {
        KeySlot slot = slot(raw);
        byte[] otherCode = slot.code().clone();
        otherCode[5] ^= 4;
        KeySlot forged = new KeySlot(ID, slot.slotId(), slot.wrapped(), slot.sealedKey(), otherCode);

        assertThatThrownBy(() -> forged.open(raw, ID, encryptor))
                .isInstanceOf(RepositoryException.class)
                .hasMessageContaining("altered");
    }

    @Test
    void refusesARawKeyThatIsNotTheRepositorys() {
        assertThatThrownBy(() -> KeySlot.create(raw, new byte[32], ID, encryptor, randomness))
                .isInstanceOf(KeyException.class)
                .extracting(error -> ((HoldfastException) error).code())
                .isEqualTo(ErrorCode.KEY_REFUSED);
    }

    @Test
    void aSlotHoldsNoSecretInThePlain() {
        String bytes = HexFormat.of().formatHex(slot(raw).bytes());

        assertThat(bytes).doesNotContain(HexFormat.of().formatHex(KEY)).doesNotContain("c3c3c3c3");
    }

    @Test
    void anOpenedSlotPrintsNothingAndForgetsItsKeyWhenClosed() {
        OpenedSlot opened = KeySlot.create(raw, KEY, ID, encryptor, randomness);
        assertThat(opened.toString() + opened.slot()).doesNotContain("c3c3");

        opened.close();

        assertThatThrownBy(opened::repositoryKey).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> opened.keys(encryptor, randomness)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesAProviderWhoseNameDoesNotFitASlot() {
        KeyProvider shouting = new RenamedProvider(raw, "RAW KEY");

        assertThatThrownBy(() -> KeySlot.create(shouting, KEY, ID, encryptor, randomness))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("RAW KEY");
    }

    @Test
    void beginsWithItsMagicVersionAndIds() {
        KeySlot slot = slot(raw);
        ByteBuffer bytes = ByteBuffer.wrap(slot.bytes());

        assertThat(bytes.getInt()).isEqualTo(0x48464b53);
        assertThat(bytes.get()).isEqualTo((byte) 1);
        byte[] ids = new byte[24];
        bytes.get(ids);
        assertThat(HexFormat.of().formatHex(ids)).isEqualTo("1d".repeat(16) + slot.name());
    }

    private KeySlot slot(KeyProvider provider) {
        try (OpenedSlot created = KeySlot.create(provider, KEY, ID, encryptor, randomness)) {
            return created.slot();
        }
    }

    private boolean opens(String name, byte[] bytes) {
        try {
            return KeySlot.parse(name, bytes).open(raw, ID, encryptor).isPresent();
        } catch (HoldfastException refused) {
            return false;
        }
    }

    private static void assertDamaged(String name, byte[] bytes) {
        assertThatThrownBy(() -> KeySlot.parse(name, bytes))
                .isInstanceOf(RepositoryException.class)
                .hasMessageContaining(name);
    }

    /** Says that it is another kind of provider than it is. */
    private record RenamedProvider(KeyProvider inner, String name) implements KeyProvider {
        @Override
        public Optional<byte[]> dictatedKey() {
            return inner.dictatedKey();
        }

        @Override
        public WrappedKey wrap(byte[] secret, byte[] binding, byte[] salt) {
            WrappedKey wrapped = inner.wrap(secret, binding, salt);
            return new WrappedKey(name, wrapped.parameters(), wrapped.salt(), wrapped.wrapped());
        }

        @Override
        public Optional<byte[]> unwrap(WrappedKey wrapped, byte[] binding) {
            return inner.unwrap(wrapped, binding);
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
