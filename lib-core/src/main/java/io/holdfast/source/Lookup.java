// SPDX-License-Identifier: Apache-2.0
package io.holdfast.source;

import io.holdfast.model.FeedId;
import io.holdfast.model.ItemKey;
import java.util.Objects;

/** What asking for one item by id gave. */
public sealed interface Lookup {

    /**
     * Which item it is.
     *
     * @return its key
     */
    ItemKey key();

    /**
     * The item exists.
     *
     * @param item its state
     * @param feed the feed in which it is now
     */
    record Present(SourceItem item, FeedId feed) implements Lookup {
        /** Checks for null. */
        public Present {
            Objects.requireNonNull(item, "item");
            Objects.requireNonNull(feed, "feed");
        }

        @Override
        public ItemKey key() {
            return item.key();
        }
    }

    /**
     * The service says that the item does not exist.
     *
     * @param key its key
     */
    record Absent(ItemKey key) implements Lookup {
        /** Checks for null. */
        public Absent {
            Objects.requireNonNull(key, "key");
        }
    }

    /**
     * Nothing can be said now: the item stays as it is.
     *
     * @param key its key
     * @param trouble why
     */
    record Unknown(ItemKey key, Trouble trouble) implements Lookup {
        /** Checks for null. */
        public Unknown {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(trouble, "trouble");
        }
    }
}
