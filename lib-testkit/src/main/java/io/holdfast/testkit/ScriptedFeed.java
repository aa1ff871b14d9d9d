// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.model.FeedId;
import io.holdfast.model.ItemKey;
import io.holdfast.source.Feed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A feed of a scripted resource and its log of changes; guarded by the tenant. */
final class ScriptedFeed {
    static final Duration CURSOR_LIFE = Duration.ofDays(30);

    final FeedId id;
    final Feed.Kind kind;
    final List<Entry> log = new ArrayList<>();
    private final boolean removalIsFinal;
    String fingerprint = "1";
    long cursorsFrom;

    ScriptedFeed(FeedId id, Feed.Kind kind, boolean removalIsFinal) {
        this.id = id;
        this.kind = kind;
        this.removalIsFinal = removalIsFinal;
    }

    Feed toSource() {
        return new Feed(id, kind, fingerprint, removalIsFinal, CURSOR_LIFE);
    }

    /** How much of an item changed. */
    enum Sort {
        WHOLE,
        SPARSE,
        REMOVAL,
        /** A removal that is told whether the item is there or not. */
        GHOST
    }

    /** One change, in the order of the resource's numbers. */
    record Entry(long number, ItemKey key, Sort sort) {}
}
