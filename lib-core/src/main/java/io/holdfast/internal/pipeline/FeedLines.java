// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.internal.format.LedgerEntry;
import io.holdfast.model.FeedId;
import io.holdfast.model.ItemKey;
import io.holdfast.model.ItemKind;
import io.holdfast.model.ItemRef;
import io.holdfast.repository.OpenFailure;
import io.holdfast.source.Trouble;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The lines that feeds have in the ledger: a feed that could not be read to its end stands there until it could be, and is read again in
 * every session, whenever its line is due.
 */
final class FeedLines {
    private static final ItemKind FEED = ItemKind.container("feed");
    private static final String PREFIX = "holdfast:feed:";

    private final ResourceWork resource;

    FeedLines(ResourceWork resource) {
        this.resource = resource;
    }

    static boolean isOne(LedgerEntry entry) {
        return entry.ref().kind().equals(FEED) && entry.ref().key().value().startsWith(PREFIX);
    }

    private static ItemKey key(FeedId feed) {
        return new ItemKey(PREFIX + feed.value());
    }

    void open(FeedId feed, Trouble trouble) {
        ItemRef ref = new ItemRef(resource.id(), feed, FEED, key(feed), List.of(), Optional.empty(), Optional.empty());
        resource.ledger.open(ref, OpenFailure.Condition.FAILED, trouble, List.of());
    }

    void close(FeedId feed) {
        resource.ledger.close(key(feed));
    }

    /** Closes the lines of feeds that have ended. */
    void keepOnly(Set<FeedId> listed) {
        for (LedgerEntry entry : resource.ledger.open()) {
            if (isOne(entry) && !listed.contains(entry.ref().feed())) {
                resource.ledger.close(entry.ref().key());
            }
        }
    }
}
