// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.crypto.Encryptor;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs the kit on encryptors that break a promise each, and sees which rule finds it. */
final class EncryptorContractBitesTest {
    /** The kit on the encryptor that the run names. */
    @ExtendWith(ObjectStoreContractBitesTest.Subject.class)
    static final class Kit extends EncryptorContract {
        private final Supplier<Encryptor> encryptors;

        Kit(String subject) {
            this.encryptors = subject.equals(KitRun.SOUND)
                    ? Encryptor::aes256Gcm
                    : BrokenEncryptors.all().get(subject);
        }

        @Override
        protected Encryptor createEncryptor() {
            return encryptors.get();
        }
    }

    @Test
    void findsEveryBreakageAndEveryRuleFindsOne() {
        KitRun.assertBites(Kit.class, BrokenEncryptors.all().keySet());
    }
}
