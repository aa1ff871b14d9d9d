// SPDX-License-Identifier: Apache-2.0
package io.holdfast.store;

import java.util.Iterator;

/**
 * Objects as a store lists them, page by page behind the scenes; for one thread.
 *
 * <p>{@code hasNext} and {@code next} throw {@link io.holdfast.error.StoreException} when the store does. Objects that are written or deleted
 * during the listing may or may not be in it; all others are in it exactly once.
 */
public interface ObjectListing extends Iterator<ObjectStat>, AutoCloseable {

    /** Ends the listing. */
    @Override
    void close();
}
