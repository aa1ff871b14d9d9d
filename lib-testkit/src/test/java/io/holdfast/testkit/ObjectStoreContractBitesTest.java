// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.store.InMemoryObjectStore;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.StoreCapabilities;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Runs the kit on stores that break a promise each, and sees which rule finds it. */
final class ObjectStoreContractBitesTest {
    /** The kit on the broken store that the run names. */
    @ExtendWith(Subject.class)
    static final class Kit extends ObjectStoreContract {
        private final SimTime time = SimTime.create();
        private final ObjectStore place =
                new InMemoryObjectStore(new StoreCapabilities(true, true, true, true, false, true), time);
        private final UnaryOperator<ObjectStore> breakage;

        Kit(String subject) {
            this.breakage = subject.equals(KitRun.SOUND)
                    ? UnaryOperator.identity()
                    : BrokenStores.all().get(subject);
        }

        @Override
        protected ObjectStore createStore() {
            return breakage.apply(place);
        }

        @Override
        protected ObjectStore openAgain() {
            return breakage.apply(place);
        }

        @Override
        protected SimTime time() {
            return time;
        }
    }

    /** Hands the name of the subject to the kit. */
    static final class Subject implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == String.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getConfigurationParameter(KitRun.SUBJECT).orElseThrow();
        }
    }

    @Test
    void findsEveryBreakageAndEveryRuleFindsOne() {
        KitRun.assertBites(Kit.class, BrokenStores.all().keySet());
    }
}
