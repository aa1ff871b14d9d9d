// SPDX-License-Identifier: Apache-2.0
package io.holdfast.source;

import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemKind;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a feed says of one item; of several changes of one item in one feed the last one holds. */
public sealed interface Change {

    /**
     * The item that the change is about.
     *
     * @return its key
     */
    ItemKey key();

    /**
     * The item exists, and this is all of its state.
     *
     * @param item the item
     * @param parts contents that the feed gave along; valid until the next pull; empty if they are to be fetched
     */
    record Upsert(SourceItem item, List<Part> parts) implements Change {
        /** Copies the list. */
        public Upsert {
            Objects.requireNonNull(item, "item");
            parts = List.copyOf(parts);
        }

        @Override
        public ItemKey key() {
            return item.key();
        }
    }

    /**
     * The item exists and some of its state changed: merged over what is stored, never stored as the item.
     *
     * @param key the item
     * @param fields what was given of its state
     * @param metadata a JSON merge patch (RFC 7396) over the stored metadata; empty for none
     */
    record Patch(ItemKey key, Fields fields, byte[] metadata) implements Change {
        /** Copies the array. */
        public Patch {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(fields, "fields");
            metadata = metadata.clone();
        }

        /**
         * The fields of an item that a patch gives; what is absent did not change.
         *
         * @param contentTag the content tag; if the service has tags and this one is absent, the content did not change
         * @param stateTag the state tag; without one the item is compared whenever it is named again
         * @param name the name
         * @param containers the containers
         * @param modified when it was changed, by the service's clock
         */
        public record Fields(
                Optional<String> contentTag,
                Optional<String> stateTag,
                Optional<String> name,
                Optional<List<ItemKey>> containers,
                Optional<Instant> modified) {
            /** Copies the list and checks for null. */
            public Fields {
                Objects.requireNonNull(contentTag, "contentTag");
                Objects.requireNonNull(stateTag, "stateTag");
                Objects.requireNonNull(name, "name");
                Objects.requireNonNull(modified, "modified");
                containers = containers.map(List::copyOf);
            }
        }
    }

    /**
     * The item exists or changed, and nothing else is known: it is looked up.
     *
     * @param key the item
     * @param kind what it is
     */
    record Hint(ItemKey key, ItemKind kind) implements Change {
        /** Checks for null. */
        public Hint {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(kind, "kind");
        }
    }

    /**
     * The item is no longer in this feed; whether it is gone is another question.
     *
     * @param key the item
     */
    record Removal(ItemKey key) implements Change {
        /** Checks for null. */
        public Removal {
            Objects.requireNonNull(key, "key");
        }
    }

    /**
     * The item cannot be listed properly: it exists, but the service or the source gives it in no usable form.
     *
     * @param key the item
     * @param kind what it is
     * @param trouble why
     */
    record Unreadable(ItemKey key, ItemKind kind, Trouble trouble) implements Change {
        /** Checks for null. */
        public Unreadable {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(trouble, "trouble");
        }
    }
}
