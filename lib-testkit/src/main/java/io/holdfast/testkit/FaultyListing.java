// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.store.ObjectListing;
import io.holdfast.store.ObjectStat;

/** A listing of a faulty store: dies with it, and may leave out its first object. */
final class FaultyListing implements ObjectListing {
    private final ObjectListing listing;
    private final FaultPlan plan;
    private boolean loses;

    FaultyListing(ObjectListing listing, FaultPlan plan, boolean loses) {
        this.listing = listing;
        this.plan = plan;
        this.loses = loses;
    }

    @Override
    public boolean hasNext() {
        passOver();
        return listing.hasNext();
    }

    @Override
    public ObjectStat next() {
        passOver();
        return listing.next();
    }

    private void passOver() {
        plan.requireAlive();
        if (loses && listing.hasNext()) {
            listing.next();
        }
        loses = false;
    }

    @Override
    public void close() {
        listing.close();
    }
}
