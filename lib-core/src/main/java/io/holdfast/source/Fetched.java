// SPDX-License-Identifier: Apache-2.0
package io.holdfast.source;

import io.holdfast.model.ItemRef;
import io.holdfast.retry.Failure;
import java.util.List;
import java.util.Objects;

/** What fetching one item gave. */
public sealed interface Fetched {

    /**
     * Which item it is.
     *
     * @return the reference that was asked for
     */
    ItemRef ref();

    /**
     * The item is there.
     *
     * @param ref the reference that was asked for
     * @param item its state at the moment of fetching
     * @param parts its contents, valid until the next pull
     */
    record Found(ItemRef ref, SourceItem item, List<Part> parts) implements Fetched {
        /** Copies the list. */
        public Found {
            Objects.requireNonNull(ref, "ref");
            Objects.requireNonNull(item, "item");
            parts = List.copyOf(parts);
        }
    }

    /**
     * The item was deleted between listing and fetching.
     *
     * @param ref the reference that was asked for
     */
    record Gone(ItemRef ref) implements Fetched {
        /** Checks for null. */
        public Gone {
            Objects.requireNonNull(ref, "ref");
        }
    }

    /**
     * The item exists and is not handed out.
     *
     * @param ref the reference that was asked for
     * @param trouble why
     */
    record Refused(ItemRef ref, Trouble trouble) implements Fetched {
        /** Checks for null. */
        public Refused {
            Objects.requireNonNull(ref, "ref");
            Objects.requireNonNull(trouble, "trouble");
        }
    }

    /**
     * This item's part of the call failed and may be tried again alone.
     *
     * @param ref the reference that was asked for
     * @param failure what kind of failure it is
     */
    record Broken(ItemRef ref, Failure failure) implements Fetched {
        /** Checks for null. */
        public Broken {
            Objects.requireNonNull(ref, "ref");
            Objects.requireNonNull(failure, "failure");
        }
    }
}
