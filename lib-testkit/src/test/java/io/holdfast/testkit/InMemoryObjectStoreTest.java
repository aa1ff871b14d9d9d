// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.runtime.TimeSource;
import io.holdfast.store.InMemoryObjectStore;
import io.holdfast.store.ObjectStore;
import io.holdfast.store.StoreCapabilities;
import org.junit.jupiter.api.Nested;

final class InMemoryObjectStoreTest {
    /** The kit on a store with given capabilities. */
    abstract static class Kit extends ObjectStoreContract {
        private final SimTime time = SimTime.create();
        private final ObjectStore store;

        Kit(StoreCapabilities capabilities) {
            this.store = new InMemoryObjectStore(capabilities, time);
        }

        @Override
        protected ObjectStore createStore() {
            return store;
        }

        @Override
        protected ObjectStore openAgain() {
            return store;
        }

        @Override
        protected TimeSource time() {
            return time;
        }
    }

    @Nested
    final class WithAllCapabilities extends Kit {
        WithAllCapabilities() {
            super(new StoreCapabilities(true, true, true, true, false, true));
        }
    }

    @Nested
    final class WithTheLeastCapabilities extends Kit {
        WithTheLeastCapabilities() {
            super(StoreCapabilities.basic());
        }
    }

    @Nested
    final class WithRetentionButWithoutHolds extends Kit {
        WithRetentionButWithoutHolds() {
            super(StoreCapabilities.basic().withConditionalCreate(true).withRetention(true));
        }
    }
}
