// SPDX-License-Identifier: Apache-2.0
package io.holdfast.store;

import java.time.Instant;
import java.util.Objects;

/**
 * What was laid over an object in a store that keeps versions: a later version, or a marker that says that the object is deleted. It changes nothing, since
 * there an object is its oldest version, and tells that somebody wrote who should not have.
 *
 * @param object the object below
 * @param version what the store calls the version or marker
 * @param marker whether it is a marker of a deletion
 * @param written when it was laid there, by the clock of the store
 */
public record Overlay(ObjectName object, String version, boolean marker, Instant written) {

    /** Checks for null. */
    public Overlay {
        Objects.requireNonNull(object, "object");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(written, "written");
    }
}
