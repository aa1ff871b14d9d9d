// SPDX-License-Identifier: Apache-2.0
package io.holdfast.source;

import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemKind;
import io.holdfast.model.Relation;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The state of an item as a source gives it, without its contents.
 *
 * @param key its stable identifier
 * @param kind what it is
 * @param containers the containers that hold it; the first gives the path; empty at the root
 * @param name its name for people
 * @param tags what its content and state are recognised by
 * @param modified when it was changed last, by the service's clock, if known
 * @param size the size of its content in bytes, or -1 if unknown
 * @param metadata its metadata
 * @param relations links to other items
 */
public record SourceItem(
        ItemKey key,
        ItemKind kind,
        List<ItemKey> containers,
        String name,
        Tags tags,
        Optional<Instant> modified,
        long size,
        Metadata metadata,
        List<Relation> relations) {

    /** Copies lists and checks for null. */
    public SourceItem {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(tags, "tags");
        Objects.requireNonNull(modified, "modified");
        Objects.requireNonNull(metadata, "metadata");
        containers = List.copyOf(containers);
        relations = List.copyOf(relations);
        if (size < -1) {
            throw new IllegalArgumentException("item has size " + size + "; allowed are -1 for unknown, or more");
        }
    }

    /**
     * What content and state are recognised by; an absent tag is never equal.
     *
     * @param content equal: no content is fetched
     * @param state equal: nothing is written
     */
    public record Tags(Optional<String> content, Optional<String> state) {
        /** Checks for null. */
        public Tags {
            Objects.requireNonNull(content, "content");
            Objects.requireNonNull(state, "state");
        }

        /**
         * Tags that are both known.
         *
         * @param content the content tag
         * @param state the state tag
         * @return the tags
         */
        public static Tags of(String content, String state) {
            return new Tags(Optional.of(content), Optional.of(state));
        }

        /**
         * No tags: the item is read and compared each time.
         *
         * @return two absent tags
         */
        public static Tags none() {
            return new Tags(Optional.empty(), Optional.empty());
        }
    }

    /**
     * Metadata as the service sent it.
     *
     * @param form whether identity is taken from a canonical form or from the bytes
     * @param bytes the metadata, shared and not copied; not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // one per item on the hot path: sharing is intended
    public record Metadata(Form form, byte[] bytes) {
        /** How the identity of metadata is found. */
        public enum Form {
            /** JSON whose fields may come in any order: compared by its canonical form. */
            JSON,
            /** Bytes that are equal exactly if the metadata are. */
            EXACT
        }

        /** Checks for null. */
        public Metadata {
            Objects.requireNonNull(form, "form");
            Objects.requireNonNull(bytes, "bytes");
        }

        /**
         * No metadata.
         *
         * @return zero bytes
         */
        public static Metadata none() {
            return new Metadata(Form.EXACT, new byte[0]);
        }
    }
}
