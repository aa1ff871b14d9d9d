// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

/** What can be wrong with a single message, for good. Lists of a few plain properties show it all the same. */
public enum MessageFlaw {
    /** Nothing. */
    NONE,
    /** Reading it gives 500 {@code ErrorCorruptData}; so do its MIME and every page that would show its body. */
    CORRUPT,
    /** Every page that would show its body fails with 504, and reading it alone, too. */
    POISON,
    /** It is listed, but reading it gives 404 {@code ErrorItemNotFound}. */
    VANISHED,
    /** Older than its mailbox: reading it gives {@code ErrorInvalidRecipients}. */
    INVALID_RECIPIENTS,
    /** Its properties can be read, its MIME cannot: {@code ErrorMimeContentConversionFailed}. */
    NO_MIME
}
