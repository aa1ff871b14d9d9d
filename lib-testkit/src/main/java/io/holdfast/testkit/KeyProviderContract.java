// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.holdfast.crypto.KeyProvider;
import io.holdfast.crypto.WrappedKey;
import io.holdfast.error.KeyException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What every {@link KeyProvider} must do; a test of a provider extends this with two factories.
 *
 * <p>A provider that wraps by much work, as one for passphrases does, should be given its least cost: a case unwraps a few dozen times.
 */
@DisplayName("A key provider")
public abstract class KeyProviderContract {
    private static final byte[] BINDING = {7, 1, 9, 3};

    private KeyProvider provider;

    /** For subclasses. */
    @SuppressWarnings("NullAway.Init")
    protected KeyProviderContract() {}

    /**
     * The provider under test.
     *
     * @return a new provider, which the kit closes; each one holds the same secret
     * @throws Exception if it cannot be made
     */
    protected abstract KeyProvider createProvider() throws Exception;

    /**
     * A provider of the same kind that somebody else has.
     *
     * @return a new provider, which the kit closes; it holds another secret
     * @throws Exception if it cannot be made
     */
    protected abstract KeyProvider createStranger() throws Exception;

    @BeforeEach
    final void create() throws Exception {
        provider = createProvider();
    }

    @AfterEach
    final void close() {
        provider.close();
    }

    private static byte[] noise(int length, long seed) {
        return new SeededRandomness(seed).bytes(length);
    }

    /** A secret that the provider must wrap. */
    private byte[] secret() {
        return provider.dictatedKey().orElseGet(() -> noise(32, 1));
    }

    private WrappedKey wrapped() {
        return provider.wrap(secret(), BINDING.clone(), noise(32, 2));
    }

    private Optional<byte[]> unwrap(WrappedKey wrapped) {
        return provider.unwrap(wrapped, BINDING.clone());
    }

    /** Nothing may come out of a slot that was altered; a parameter out of bounds may be refused by name. */
    private void assertOpensNothing(WrappedKey altered) {
        Optional<byte[]> opened;
        try {
            opened = unwrap(altered);
        } catch (KeyException outOfBounds) {
            return;
        }
        assertThat(opened).isEmpty();
    }

    /** What comes back. */
    @Nested
    @DisplayName("when it wraps and unwraps")
    final class Wrapping {
        @Test
        void namesItself() throws Exception {
            try (KeyProvider other = createProvider()) {
                assertThat(provider.name()).matches("[a-z]+(-[a-z]+)*").isEqualTo(other.name());
            }
            assertThat(wrapped().provider()).isEqualTo(provider.name());
        }

        @Test
        void unwrapsWhatItWrapped() {
            assertThat(unwrap(wrapped())).hasValue(secret());
        }

        @Test
        void unwrapsWhatAnotherWithTheSameSecretWrapped() throws Exception {
            WrappedKey wrapped = wrapped();

            try (KeyProvider other = createProvider()) {
                assertThat(other.unwrap(wrapped, BINDING.clone())).hasValue(secret());
            }
        }

        @Test
        void wrapsEverySecretOrOnlyTheOneThatItDictates() {
            byte[] other = noise(32, 99);
            if (provider.dictatedKey().isPresent()) {
                assertThatExceptionOfType(KeyException.class)
                        .isThrownBy(() -> provider.wrap(other, BINDING, noise(32, 2)));
                return;
            }
            assertThat(unwrap(provider.wrap(other, BINDING, noise(32, 2)))).hasValue(noise(32, 99));
            assertThat(unwrap(wrapped())).hasValue(secret());
        }

        @Test
        void dictatesKeysOf32BytesAndAlwaysTheSame() throws Exception {
            try (KeyProvider other = createProvider()) {
                assertThat(provider.dictatedKey().map(HexFormat.of()::formatHex))
                        .isEqualTo(other.dictatedKey().map(HexFormat.of()::formatHex));
            }
            provider.dictatedKey().ifPresent(key -> assertThat(key).hasSize(32));
        }

        @Test
        void givesCopiesThatTheCallerMayClear() {
            byte[] expected = secret();
            WrappedKey wrapped = wrapped();

            unwrap(wrapped).ifPresent(key -> Arrays.fill(key, (byte) 0));
            provider.dictatedKey().ifPresent(key -> Arrays.fill(key, (byte) 0));

            assertThat(unwrap(wrapped)).hasValue(expected);
        }

        @Test
        void keepsNothingOfItsArguments() {
            byte[] secret = secret();
            byte[] binding = BINDING.clone();
            byte[] salt = noise(32, 2);
            WrappedKey wrapped = provider.wrap(secret, binding, salt);
            assertThat(secret).isEqualTo(secret());
            assertThat(salt).isEqualTo(noise(32, 2));

            Arrays.fill(secret, (byte) 0);
            Arrays.fill(binding, (byte) 0);

            assertThat(unwrap(wrapped)).hasValue(secret());
        }

        @Test
        void usesTheSaltThatItIsGiven() {
            WrappedKey other = provider.wrap(secret(), BINDING, noise(32, 3));

            assertThat(other.wrapped()).isNotEqualTo(wrapped().wrapped());
            assertThat(unwrap(other)).hasValue(secret());
        }

        @Test
        void worksForSeveralThreads() throws Exception {
            WrappedKey wrapped = wrapped();
            byte[] secret = secret();

            List<Boolean> right = StoreRules.together(
                    4, i -> () -> Arrays.equals(unwrap(wrapped).orElseThrow(), secret));

            assertThat(right).containsOnly(true);
        }
    }

    /** What does not come back. */
    @Nested
    @DisplayName("when a slot is not its own, or was altered")
    final class Refusing {
        @Test
        void doesNotShowTheSecret() {
            String stored = HexFormat.of().formatHex(wrapped().wrapped());

            assertThat(stored).doesNotContain(HexFormat.of().formatHex(secret(), 0, 8));
            assertThat(provider.toString()).doesNotContain(HexFormat.of().formatHex(secret(), 0, 8));
        }

        @Test
        void opensNothingForAStranger() throws Exception {
            WrappedKey wrapped = wrapped();

            try (KeyProvider stranger = createStranger()) {
                assertThat(stranger.unwrap(wrapped, BINDING)).isEmpty();
            }
        }

        @Test
        void opensNothingUnderAnotherBinding() {
            WrappedKey wrapped = wrapped();

            assertThat(provider.unwrap(wrapped, new byte[] {7, 1, 9, 4})).isEmpty();
            assertThat(provider.unwrap(wrapped, new byte[0])).isEmpty();
        }

        @Test
        void leavesSlotsOfOtherProvidersAlone() {
            WrappedKey mine = wrapped();

            assertThat(unwrap(new WrappedKey("somebody-else", mine.parameters(), mine.salt(), mine.wrapped())))
                    .isEmpty();
        }

        @Test
        void opensNothingThatWasAltered() {
            WrappedKey mine = wrapped();
            byte[] bytes = mine.wrapped();
            int step = Math.max(1, bytes.length / 12);

            for (int at = 0; at < bytes.length; at += step) {
                byte[] altered = bytes.clone();
                altered[at] ^= 1;
                assertOpensNothing(new WrappedKey(mine.provider(), mine.parameters(), mine.salt(), altered));
            }
        }

        @Test
        void opensNothingOfAnotherLength() {
            WrappedKey mine = wrapped();
            byte[] bytes = mine.wrapped();

            for (int length : new int[] {0, 1, bytes.length - 1, bytes.length + 1}) {
                assertOpensNothing(
                        new WrappedKey(mine.provider(), mine.parameters(), mine.salt(), Arrays.copyOf(bytes, length)));
            }
        }

        @Test
        void opensNothingUnderAnotherSalt() {
            WrappedKey mine = wrapped();
            byte[] salt = mine.salt();
            salt[0] ^= 1;

            assertOpensNothing(new WrappedKey(mine.provider(), mine.parameters(), salt, mine.wrapped()));
            assertOpensNothing(new WrappedKey(mine.provider(), mine.parameters(), new byte[0], mine.wrapped()));
        }

        @Test
        void opensNothingWithOtherParameters() {
            WrappedKey mine = wrapped();
            Map<String, Long> more = new TreeMap<>(mine.parameters());
            more.put("unheard-of", 1L);

            assertOpensNothing(new WrappedKey(mine.provider(), more, mine.salt(), mine.wrapped()));
            mine.parameters().forEach((name, value) -> {
                Map<String, Long> other = new TreeMap<>(mine.parameters());
                other.put(name, value + 1);
                assertOpensNothing(new WrappedKey(mine.provider(), other, mine.salt(), mine.wrapped()));
            });
        }

        @Test
        void cannotBeUsedAfterItWasClosed() {
            WrappedKey wrapped = wrapped();
            byte[] secret = secret();

            provider.close();

            assertThatIllegalStateException().isThrownBy(() -> unwrap(wrapped));
            assertThatIllegalStateException().isThrownBy(() -> provider.wrap(secret, BINDING, noise(32, 2)));
        }

        @Test
        void canBeClosedTwice() {
            provider.close();
            provider.close();
        }
    }
}
