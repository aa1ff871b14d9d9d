// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.crypto.KeyProvider;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs the kit on key providers that break a promise each, and sees which rule finds it. */
final class KeyProviderContractBitesTest {
    /** The kit on the provider that the run names. */
    @ExtendWith(ObjectStoreContractBitesTest.Subject.class)
    static final class Kit extends KeyProviderContract {
        private final Function<byte[], KeyProvider> providers;

        Kit(String subject) {
            this.providers = subject.equals(KitRun.SOUND)
                    ? ServiceKeyProvider::new
                    : BrokenKeyProviders.all().get(subject);
        }

        private KeyProvider create(int number) {
            return providers.apply(new SeededRandomness(number).bytes(32));
        }

        @Override
        protected KeyProvider createProvider() {
            return create(1);
        }

        @Override
        protected KeyProvider createStranger() {
            return create(2);
        }
    }

    @Test
    void findsEveryBreakageAndEveryRuleFindsOne() {
        KitRun.assertBites(Kit.class, BrokenKeyProviders.all().keySet());
    }
}
