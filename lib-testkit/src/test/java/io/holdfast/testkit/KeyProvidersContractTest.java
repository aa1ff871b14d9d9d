// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.crypto.Argon2Cost;
import io.holdfast.crypto.KeyProvider;
import io.holdfast.crypto.KeyProviders;
import org.junit.jupiter.api.Nested;

final class KeyProvidersContractTest {
    @Nested
    final class ARawKey extends KeyProviderContract {
        @Override
        protected KeyProvider createProvider() {
            return KeyProviders.raw(new SeededRandomness(1).bytes(32));
        }

        @Override
        protected KeyProvider createStranger() {
            return KeyProviders.raw(new SeededRandomness(2).bytes(32));
        }
    }

    @Nested
    final class APassphrase extends KeyProviderContract {
        private final Argon2Cost least = new Argon2Cost(19 * 1024, 1, 1);

        @Override
        protected KeyProvider createProvider() {
            return KeyProviders.passphrase("correct horse".toCharArray(), least);
        }

        @Override
        protected KeyProvider createStranger() {
            return KeyProviders.passphrase("battery staple".toCharArray(), least);
        }
    }
}
