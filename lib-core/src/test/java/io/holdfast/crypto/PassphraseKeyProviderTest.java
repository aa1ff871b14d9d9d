// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.KeyException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class PassphraseKeyProviderTest {
    private static final Argon2Cost CHEAP = new Argon2Cost(19 * 1024, 1, 1);
    private static final byte[] BINDING = "repository 1, slot 2".getBytes(UTF_8);
    private static final byte[] SECRET = new byte[32];
    private static final byte[] SALT = new byte[32];

    static {
        Arrays.fill(SECRET, (byte) 0x5a);
    }

    private final KeyProvider provider = KeyProviders.passphrase("correct horse".toCharArray(), CHEAP);

    @Test
    void givesBackWhatItWrapped() {
        WrappedKey wrapped = provider.wrap(SECRET, BINDING, SALT);

        assertThat(provider.unwrap(wrapped, BINDING)).hasValue(SECRET);
        assertThat(wrapped.provider()).isEqualTo("passphrase");
        assertThat(wrapped.parameters()).isEqualTo(Map.of("memory-kib", 19456L, "passes", 1L, "lanes", 1L));
    }

    @Test
    void givesNothingToAWrongPassphrase() {
        WrappedKey wrapped = provider.wrap(SECRET, BINDING, SALT);
        try (KeyProvider other = KeyProviders.passphrase("correct horsf".toCharArray(), CHEAP)) {
            assertThat(other.unwrap(wrapped, BINDING)).isEmpty();
        }
    }

    @Test
    void isBoundToItsBindingSaltAndParameters() {
        WrappedKey wrapped = provider.wrap(SECRET, BINDING, SALT);
        byte[] otherSalt = SALT.clone();
        otherSalt[0] = 1;
        Map<String, Long> moreLanes = new TreeMap<>(wrapped.parameters());
        moreLanes.put("lanes", 2L);

        assertThat(provider.unwrap(wrapped, "repository 1, slot 3".getBytes(UTF_8)))
                .isEmpty();
        assertThat(provider.unwrap(
                        new WrappedKey("passphrase", wrapped.parameters(), otherSalt, wrapped.wrapped()), BINDING))
                .isEmpty();
        assertThat(provider.unwrap(new WrappedKey("passphrase", moreLanes, SALT, wrapped.wrapped()), BINDING))
                .isEmpty();
        assertThat(provider.unwrap(new WrappedKey("raw", wrapped.parameters(), SALT, wrapped.wrapped()), BINDING))
                .isEmpty();
    }

    @Test
    void refusesAFlippedBitInEachByteOfTheWrappedKey() {
        WrappedKey wrapped = provider.wrap(SECRET, BINDING, SALT);
        for (int at = 0; at < wrapped.wrapped().length; at += 5) {
            byte[] altered = wrapped.wrapped();
            altered[at] ^= (byte) (1 << at % 8);
            assertThat(provider.unwrap(new WrappedKey("passphrase", wrapped.parameters(), SALT, altered), BINDING))
                    .isEmpty();
        }
        assertThat(provider.unwrap(new WrappedKey("passphrase", wrapped.parameters(), SALT, new byte[79]), BINDING))
                .isEmpty();
    }

    @Test
    void refusesParametersOutsideTheirBoundsBeforeItRunsThem() {
        refused("memory-kib", 19 * 1024 - 1);
        refused("memory-kib", 1024 * 1024 + 1);
        refused("memory-kib", Long.MAX_VALUE);
        refused("memory-kib", -1);
        refused("memory-kib", (1L << 32) + 65536);
        refused("passes", 0);
        refused("passes", 11);
        refused("lanes", 0);
        refused("lanes", 5);
        refused("surprise", 1);
    }

    @Test
    void onePassphraseTypedInTwoWaysIsTheSame() {
        WrappedKey composed;
        try (KeyProvider one = KeyProviders.passphrase("caf\u00e9".toCharArray(), CHEAP)) {
            composed = one.wrap(SECRET, BINDING, SALT);
        }
        try (KeyProvider two = KeyProviders.passphrase("cafe\u0301".toCharArray(), CHEAP);
                KeyProvider bytes = KeyProviders.passphrase("cafe\u0301".getBytes(UTF_8), CHEAP)) {
            assertThat(two.unwrap(composed, BINDING)).hasValue(SECRET);
            assertThat(bytes.unwrap(composed, BINDING)).hasValue(SECRET);
        }
    }

    @Test
    void refusesEmptyAndBrokenPassphrases() {
        assertThatThrownBy(() -> KeyProviders.passphrase(new char[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> KeyProviders.passphrase(new char[] {'\ud800'}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> KeyProviders.passphrase(new byte[] {(byte) 0xff}, CHEAP))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void leavesTheCallersArrayAndForgetsItsOwnWhenClosed() {
        char[] typed = "correct horse".toCharArray();
        KeyProvider mine = KeyProviders.passphrase(typed, CHEAP);
        Arrays.fill(typed, 'x');
        WrappedKey wrapped = mine.wrap(SECRET, BINDING, SALT);

        assertThat(provider.unwrap(wrapped, BINDING)).hasValue(SECRET);
        mine.close();
        assertThatThrownBy(() -> mine.unwrap(wrapped, BINDING)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void printsNoSecret() {
        assertThat(provider.toString()).doesNotContain("correct", "horse");
    }

    private void refused(String parameter, long value) {
        Map<String, Long> parameters = new TreeMap<>(CHEAP.parameters());
        parameters.put(parameter, value);
        WrappedKey slot = new WrappedKey("passphrase", parameters, SALT, new byte[80]);
        assertThatThrownBy(() -> provider.unwrap(slot, BINDING))
                .isInstanceOf(KeyException.class)
                .extracting(error -> ((KeyException) error).code())
                .isEqualTo(ErrorCode.KEY_PARAMETERS);
    }
}
