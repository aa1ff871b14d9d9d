// SPDX-License-Identifier: Apache-2.0
package io.holdfast.store;

import io.holdfast.error.HoldfastException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What became of one of several objects that were to be deleted.
 *
 * @param name the object
 * @param result what was done; empty if it failed
 * @param error why it failed; empty if it did not
 */
public record Deletion(ObjectName name, Optional<DeleteResult> result, Optional<HoldfastException> error) {

    /** Checks that it either has a result or an error. */
    public Deletion {
        Objects.requireNonNull(name, "name");
        if (result.isPresent() == error.isPresent()) {
            throw new IllegalArgumentException(
                    "the deletion of '" + name + "' has " + result + " and " + error + "; give a result or an error");
        }
    }

    /**
     * A deletion that did not fail.
     *
     * @param name the object
     * @param result what was done
     * @return the deletion
     */
    public static Deletion of(ObjectName name, DeleteResult result) {
        return new Deletion(name, Optional.of(result), Optional.empty());
    }

    /**
     * A deletion that failed.
     *
     * @param name the object
     * @param error why
     * @return the deletion
     */
    public static Deletion failed(ObjectName name, HoldfastException error) {
        return new Deletion(name, Optional.empty(), Optional.of(error));
    }

    /**
     * Deletes an object; what is thrown becomes its error.
     *
     * @param name the object
     * @param delete what deletes it
     * @return the deletion
     */
    public static Deletion by(ObjectName name, Supplier<DeleteResult> delete) {
        try {
            return of(name, delete.get());
        } catch (HoldfastException failed) {
            return failed(name, failed);
        }
    }
}
