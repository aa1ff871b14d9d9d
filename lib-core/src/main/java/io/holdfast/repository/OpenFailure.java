// SPDX-License-Identifier: Apache-2.0
package io.holdfast.repository;

import io.holdfast.model.ItemKey;
import io.holdfast.model.ResourceId;
import java.time.Instant;
import java.util.Objects;

/**
 * One open entry of the ledger: an item that is not, or not wholly, or only in an older version stored.
 *
 * @param resource the resource
 * @param key the item
 * @param kind what it is
 * @param condition what is wrong
 * @param cause a short stable name of the cause
 * @param code the raw code of the service; empty if it gave none
 * @param attempts how many sessions have tried
 * @param since when it failed first
 * @param due from when on it is tried again
 */
public record OpenFailure(
        ResourceId resource,
        ItemKey key,
        String kind,
        Condition condition,
        String cause,
        String code,
        int attempts,
        Instant since,
        Instant due) {

    /** What is wrong with an item. */
    public enum Condition {
        /** It is not stored. */
        FAILED,
        /** A part of it is not stored. */
        DEGRADED,
        /** Only an older version of it is stored. */
        STALE,
        /** The source refuses it for good. */
        SKIPPED
    }

    /** Checks for null. */
    public OpenFailure {
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(condition, "condition");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(due, "due");
    }
}
