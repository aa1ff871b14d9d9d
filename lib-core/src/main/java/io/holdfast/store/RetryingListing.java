// SPDX-License-Identifier: Apache-2.0
package io.holdfast.store;

import io.holdfast.retry.Retrier;

/** A listing whose pages are asked for again when that fails. */
final class RetryingListing implements ObjectListing {
    private final Retrier retrier;
    private final ObjectListing listing;

    RetryingListing(Retrier retrier, ObjectListing listing) {
        this.retrier = retrier;
        this.listing = listing;
    }

    @Override
    public boolean hasNext() {
        return retrier.call(listing::hasNext);
    }

    @Override
    public ObjectStat next() {
        return retrier.call(listing::next);
    }

    @Override
    public void close() {
        listing.close();
    }
}
