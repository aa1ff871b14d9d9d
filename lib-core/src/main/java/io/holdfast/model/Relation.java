// SPDX-License-Identifier: Apache-2.0
package io.holdfast.model;

import java.util.Objects;

/**
 * A typed link from one item to another of the same source.
 *
 * @param type what the link means
 * @param target the key of the item that it leads to
 */
public record Relation(Type type, ItemKey target) {

    /** What a relation means. */
    public enum Type {
        /** The item answers the target. */
        REPLY_TO,
        /** The item is attached to the target. */
        ATTACHMENT_OF,
        /** The item is a member of the target. */
        MEMBER_OF,
        /** The item is an exception of the target series. */
        EXCEPTION_OF,
        /** The item is an earlier version of the target. */
        VERSION_OF
    }

    /** Checks for null. */
    public Relation {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(target, "target");
    }
}
