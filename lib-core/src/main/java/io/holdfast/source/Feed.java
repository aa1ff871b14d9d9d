// SPDX-License-Identifier: Apache-2.0
package io.holdfast.source;

import io.holdfast.model.FeedId;
import java.time.Duration;
import java.util.Objects;

/**
 * A change feed of a resource: what it is, and what its answers mean.
 *
 * @param id its stable identifier inside the resource
 * @param kind how it tells changes
 * @param fingerprint what the set and meaning of its results depend on: id kind, filter, window, selected properties, rule version;
 *     never the page size
 * @param removalIsFinal whether a removal means that the item no longer exists anywhere in the resource, without asking
 * @param cursorLife how long a cursor stays good; half of it is how long an unchanged one is kept
 */
public record Feed(FeedId id, Kind kind, String fingerprint, boolean removalIsFinal, Duration cursorLife) {

    /** Checks for null. */
    public Feed {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(fingerprint, "fingerprint");
        Objects.requireNonNull(cursorLife, "cursorLife");
    }

    /** How a feed tells changes. */
    public enum Kind {
        /** By the service's own cursor: only what changed. */
        INCREMENTAL,
        /** What changed since a time, with an overlap; now and then the whole list of ids. */
        WATERMARK,
        /** The whole list each time; the engine finds out what is missing. */
        ENUMERATION
    }
}
