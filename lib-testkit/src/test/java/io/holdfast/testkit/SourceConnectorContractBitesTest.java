// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.source.SourceConnector;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs the kit on connectors that break a promise each, and sees which rule finds it. */
final class SourceConnectorContractBitesTest {
    /** The kit on the broken connector that the run names. */
    @ExtendWith(ObjectStoreContractBitesTest.Subject.class)
    static final class Kit extends SourceConnectorContract {
        private final UnaryOperator<SourceConnector> breakage;
        private final boolean sound;

        Kit(String subject) {
            this.sound = subject.equals(KitRun.SOUND);
            this.breakage =
                    sound ? UnaryOperator.identity() : BrokenSources.all().get(subject);
        }

        @Override
        protected SourceFixture createFixture() {
            return new InMemorySourceFixture(
                    InMemorySource.create("notes").inPagesOf(3).buffering(), breakage);
        }

        @Override
        protected int manyItems() {
            return 8;
        }

        @Override
        protected boolean buffersItems() {
            return true;
        }

        @Override
        protected Duration patience() {
            // Two of the broken ones wait for ever, and need not be waited for that long.
            return sound ? super.patience() : Duration.ofSeconds(1);
        }
    }

    @Test
    void findsEveryBreakageAndEveryRuleFindsOne() {
        KitRun.assertBites(Kit.class, BrokenSources.all().keySet());
    }
}
