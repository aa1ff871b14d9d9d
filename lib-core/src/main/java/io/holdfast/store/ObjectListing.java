// SPDX-License-Identifier: Apache-2.0
package io.holdfast.store;

import java.util.Iterator;

/**
 * Objects as a store lists them, page by page behind the scenes; for one thread.
 *
 * <p>{@code hasNext} and {@code next} throw {@link io.holdfast.error.StoreException} when the store does. Objects that are written or deleted
 * during the listing may or may not be in it; all others are in it exactly once. After such a failure the same call may be made
 * again: it goes on where it stood, or it fails again; it never leaves out what it could not read.
 */
public interface ObjectListing extends Iterator<ObjectStat>, AutoCloseable {

    /** Ends the listing; later calls do nothing. */
    @Override
    void close();
}
