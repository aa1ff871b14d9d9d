// SPDX-License-Identifier: Apache-2.0
package io.holdfast.repository;

import java.time.Instant;
import java.util.Objects;

/**
 * One way into a repository.
 *
 * @param id its name
 * @param provider what opens it, such as {@code passphrase}
 * @param created when it was added
 * @param current whether this opening used it
 */
public record KeySlotSummary(String id, String provider, Instant created, boolean current) {

    /** Checks for null. */
    public KeySlotSummary {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(created, "created");
    }
}
