// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.crypto.Encryptor;
import java.security.Provider;
import java.security.Security;
import org.junit.jupiter.api.Nested;

final class AesGcmEncryptorContractTest {
    @Nested
    final class OfThePlatform extends EncryptorContract {
        @Override
        protected Encryptor createEncryptor() {
            return Encryptor.aes256Gcm();
        }
    }

    @Nested
    final class OfAChosenProvider extends EncryptorContract {
        @Override
        protected Encryptor createEncryptor() {
            Provider chosen = Security.getProviders("Cipher.AES/GCM/NoPadding")[0];
            return Encryptor.aes256Gcm(chosen);
        }
    }
}
