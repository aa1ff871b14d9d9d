// SPDX-License-Identifier: Apache-2.0
package io.holdfast.store;

/** What a put did. */
public enum PutResult {
    /** The object was written and is durable. */
    WRITTEN,
    /** Another object stands there (create only), or another version does (replace): nothing was written. */
    REFUSED
}
