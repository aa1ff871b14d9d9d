// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.KeyException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RawKeyProviderTest {
    private static final byte[] BINDING = {1, 2, 3};

    private final byte[] key = HexFormat.of().parseHex("ab".repeat(32));
    private final KeyProvider provider = KeyProviders.raw(key);

    @Test
    void provesThatItFitsItsSlot() {
        WrappedKey wrapped = provider.wrap(key, BINDING, new byte[32]);

        assertThat(provider.unwrap(wrapped, BINDING)).hasValue(key);
        assertThat(provider.dictatedKey()).hasValue(key);
    }

    @Test
    void anotherKeyAnotherBindingOrAnAlteredProofDoNotFit() {
        WrappedKey wrapped = provider.wrap(key, BINDING, new byte[32]);
        byte[] altered = wrapped.wrapped();
        altered[0] ^= 1;
        try (KeyProvider other = KeyProviders.raw(new byte[32])) {
            assertThat(other.unwrap(wrapped, BINDING)).isEmpty();
        }
        assertThat(provider.unwrap(wrapped, new byte[] {1, 2, 4})).isEmpty();
        assertThat(provider.unwrap(new WrappedKey("raw", Map.of(), new byte[32], altered), BINDING))
                .isEmpty();
        assertThat(provider.unwrap(new WrappedKey("raw", Map.of("x", 1L), new byte[32], wrapped.wrapped()), BINDING))
                .isEmpty();
        assertThat(provider.unwrap(new WrappedKey("passphrase", Map.of(), new byte[32], wrapped.wrapped()), BINDING))
                .isEmpty();
    }

    @Test
    void theProofDoesNotTellTheKey() {
        assertThat(provider.wrap(key, BINDING, new byte[32]).wrapped())
                .isNotEqualTo(key)
                .hasSize(32);
    }

    @Test
    void refusesToWrapAnotherKey() {
        assertThatThrownBy(() -> provider.wrap(new byte[32], BINDING, new byte[32]))
                .isInstanceOf(KeyException.class)
                .extracting(error -> ((KeyException) error).code())
                .isEqualTo(ErrorCode.KEY_REFUSED);
    }

    @Test
    void refusesAKeyOfAnyOtherLength() {
        assertThatThrownBy(() -> KeyProviders.raw(new byte[31]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("31 bytes");
    }

    @Test
    void copiesItsKeyAndClearsTheCopy() {
        WrappedKey wrapped = provider.wrap(key.clone(), BINDING, new byte[32]);
        byte[] before = key.clone();
        Arrays.fill(key, (byte) 0);
        assertThat(provider.unwrap(wrapped, BINDING)).hasValue(before);

        provider.close();

        assertThatThrownBy(provider::dictatedKey).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void printsNoSecret() {
        assertThat(provider.toString()).doesNotContain("abab");
    }
}
