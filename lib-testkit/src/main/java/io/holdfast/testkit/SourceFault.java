// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

/**
 * What a {@link ScriptedSource} does that a well-behaved service would not; each has a subject that says to whom it happens.
 *
 * <p>Losses that a service hides (a removal that is never told, an item that moves while it is listed) are changes of the
 * {@link ScriptedTenant}, made in the middle of a session by {@link ScriptedSource#before}.
 */
public enum SourceFault {
    /** An operation ({@code discover}, {@code feeds}, {@code changes}, {@code lookup}, {@code fetch}) is asked to come back later. */
    THROTTLE,
    /** An operation fails and would succeed if tried again. */
    TRANSIENT,
    /** An operation dies of an error in the connector itself. */
    BUG,
    /** The credential is refused by an operation. */
    CREDENTIAL_REJECTED,
    /** A page of a feed breaks off in its middle. */
    BREAK_PAGE,
    /** A feed says that its cursor is no longer good. */
    RESET,
    /** A feed says that it goes on where this very page began. */
    LOOP,
    /** A page of a feed comes in another order. */
    REORDER,
    /** An item is named twice in a page. */
    REPEAT,
    /** An item whose metadata changed is told as a patch; by default it is told whole. */
    SPARSE,
    /** An item is told by its key alone. */
    HINT,
    /** An item is told with its contents. */
    INLINE,
    /** An item is told as one that cannot be listed properly. */
    UNREADABLE,
    /** An item is deleted just before it is fetched. */
    VANISH,
    /** An item is not handed out, this time. */
    REFUSE,
    /** An item is never handed out. */
    POISON,
    /** An item's share of a fetch fails and would succeed if tried alone. */
    BROKEN,
    /** A fetch does not answer for an item. */
    UNANSWERED,
    /** A lookup cannot say whether an item exists. */
    LOOKUP_UNKNOWN,
    /** A lookup does not answer for an item. */
    LOOKUP_UNANSWERED,
    /** The first reading of a part (subject {@code key/part}) ends early, and seems whole. */
    SHORT,
    /** The first reading of a part has a bit turned over. */
    WRONG_BYTES,
    /** The first reading of a part breaks off. */
    BREAK_OFF,
    /** A part cannot be read, this time. */
    PART_FAILS,
    /** A part is never handed out. */
    PART_POISON,
    /** The hash that is announced for a part is that of other bytes. */
    FALSE_HASH,
    /** Neither length nor hash are announced for a part. */
    UNANNOUNCED
}
