// SPDX-License-Identifier: Apache-2.0
package io.holdfast.repository;

import java.util.Objects;

/**
 * One way into a repository.
 *
 * @param id its name
 * @param provider what opens it, such as {@code passphrase}
 * @param current whether this opening used it
 */
public record KeySlotSummary(String id, String provider, boolean current) {

    /** Checks for null. */
    public KeySlotSummary {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(provider, "provider");
    }
}
