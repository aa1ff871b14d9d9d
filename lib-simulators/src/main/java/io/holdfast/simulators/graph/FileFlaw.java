// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

/** What can be wrong with a single file of a drive, for good. Listings show it all the same. */
public enum FileFlaw {
    /** Nothing. */
    NONE,
    /** The service found malware and says so: there is a facet in listings, and 403 where the content would be. */
    MALWARE,
    /** The service found malware, but listings do not tell; the content gives 403 with a page for people. */
    HIDDEN_MALWARE,
    /** The content gives 500 each time. */
    POISON,
    /** The content gives 503 each time, as parts of notebooks do. */
    NOT_HANDED_OUT,
    /** The hash that is announced is not that of the content. */
    OTHER_HASH,
    /** The length that is announced is not that of the content, and no hash is announced. */
    OTHER_LENGTH,
    /** No hash is announced. */
    NO_HASH,
    /** It is listed, but asking for it gives 404 {@code itemNotFound}. */
    VANISHED
}
