// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.runtime.TimeSource;
import io.holdfast.store.ObjectStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/**
 * What every {@link ObjectStore} must do; a test of a store extends this with a factory.
 *
 * <p>Each case gets a fresh, empty place. A rule about a capability that the store lacks checks instead that the store refuses it by
 * name, so every case runs on every store. Cases that wait for the end of a retention sleep on {@link #time()}: give the store a
 * {@link SimTime} where it takes one, and the machine's time where a server has its own.
 */
@DisplayName("An object store")
public abstract class ObjectStoreContract {
    private ObjectStore store;

    /** For subclasses. */
    @SuppressWarnings("NullAway.Init")
    protected ObjectStoreContract() {}

    /**
     * Opens the store under test over a new, empty place.
     *
     * @return the store, which the kit closes
     * @throws Exception if the place cannot be made
     */
    protected abstract ObjectStore createStore() throws Exception;

    /**
     * Opens another handle on the place of the store that was created last, as another process would.
     *
     * @return a store, which the kit closes
     * @throws Exception if it cannot be opened
     */
    protected abstract ObjectStore openAgain() throws Exception;

    /**
     * The clock that the store's retention goes by.
     *
     * @return the machine's time unless overridden
     */
    protected TimeSource time() {
        return TimeSource.system();
    }

    @BeforeEach
    final void open() throws Exception {
        store = createStore();
    }

    @AfterEach
    final void close() {
        store.close();
    }

    private final StoreRules.Fixture fixture = new StoreRules.Fixture() {
        @Override
        public ObjectStore store() {
            return store;
        }

        @Override
        public ObjectStore openAgain() throws Exception {
            return ObjectStoreContract.this.openAgain();
        }

        @Override
        public TimeSource time() {
            return ObjectStoreContract.this.time();
        }
    };

    @Nested
    @DisplayName("when it writes")
    final class Writing extends StoreWritingRules {
        Writing() {
            super(fixture);
        }
    }

    @Nested
    @DisplayName("when writers compete")
    final class Competing extends StoreCompetingRules {
        Competing() {
            super(fixture);
        }
    }

    @Nested
    @DisplayName("when it reads")
    final class Reading extends StoreReadingRules {
        Reading() {
            super(fixture);
        }
    }

    @Nested
    @DisplayName("when it lists and deletes")
    final class Listing extends StoreListingRules {
        Listing() {
            super(fixture);
        }
    }

    @Nested
    @DisplayName("when it protects")
    final class Protecting extends StoreProtectingRules {
        Protecting() {
            super(fixture);
        }
    }
}
