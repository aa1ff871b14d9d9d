// SPDX-License-Identifier: Apache-2.0
package io.holdfast.store;

import java.util.Objects;

/** When a put may write. */
public sealed interface PutMode {

    /** Only if no object stands there; needs the capability {@code conditionalCreate}. */
    record CreateOnly() implements PutMode {}

    /** Whatever stands there. Used for names that are unique anyway, and for leases where nothing better exists. */
    record Overwrite() implements PutMode {}

    /**
     * Only if the object that stands there is the given version; needs the capability {@code conditionalReplace}.
     *
     * @param version what {@link ObjectStat#version()} said
     */
    record ReplaceVersion(String version) implements PutMode {
        /** Checks for null. */
        public ReplaceVersion {
            Objects.requireNonNull(version, "version");
        }
    }

    /**
     * Only if no object stands there.
     *
     * @return the mode
     */
    static PutMode createOnly() {
        return new CreateOnly();
    }

    /**
     * Whatever stands there.
     *
     * @return the mode
     */
    static PutMode overwrite() {
        return new Overwrite();
    }

    /**
     * Only if the object is the given version.
     *
     * @param version the version
     * @return the mode
     */
    static PutMode replaceVersion(String version) {
        return new ReplaceVersion(version);
    }
}
