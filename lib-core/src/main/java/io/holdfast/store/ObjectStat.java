// SPDX-License-Identifier: Apache-2.0
package io.holdfast.store;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a store knows of one object.
 *
 * @param name its name
 * @param length its length in bytes
 * @param modified when it was written, by the store's clock; for display only
 * @param version an opaque version for conditional replaces, where the store has them
 * @param protection how it is protected, as far as the store tells
 */
public record ObjectStat(
        ObjectName name, long length, Instant modified, Optional<String> version, Protection protection) {

    /** Checks the length and for null. */
    public ObjectStat {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(modified, "modified");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(protection, "protection");
        if (length < 0) {
            throw new IllegalArgumentException("object '" + name + "' has length " + length);
        }
    }
}
