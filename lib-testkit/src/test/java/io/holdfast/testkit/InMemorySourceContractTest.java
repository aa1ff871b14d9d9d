// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.source.Feed;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;

final class InMemorySourceContractTest {
    /** The kit on one way to set the source up. */
    abstract static class Kit extends SourceConnectorContract {
        abstract InMemorySource create();

        @Override
        protected SourceFixture createFixture() {
            return new InMemorySourceFixture(create(), UnaryOperator.identity());
        }
    }

    @Nested
    final class TellingChanges extends Kit {
        @Override
        InMemorySource create() {
            return InMemorySource.create("notes");
        }
    }

    @Nested
    final class ListingEverything extends Kit {
        @Override
        InMemorySource create() {
            return InMemorySource.create("notes").telling(Feed.Kind.ENUMERATION);
        }
    }

    @Nested
    final class Buffering extends Kit {
        @Override
        InMemorySource create() {
            return InMemorySource.create("notes").inPagesOf(3).buffering();
        }

        @Override
        protected boolean buffersItems() {
            return true;
        }
    }
}
