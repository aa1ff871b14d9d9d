// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;

/**
 * Names an index run.
 *
 * @param scope the keyed name of its dedup scope
 * @param sha256 SHA-256 of its stored bytes
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode are written out below
public record IndexRunName(String scope, byte[] sha256) {
    static final String PREFIX = "index/";
    private static final int SCOPE_DIGITS = 2 * PackFormat.SCOPE_BYTES;
    private static final int HASH_DIGITS = 2 * PackFormat.HASH_BYTES;

    /** Checks the lengths. */
    public IndexRunName {
        Objects.requireNonNull(scope, "scope");
        if (scope.length() != SCOPE_DIGITS || sha256.length != PackFormat.HASH_BYTES) {
            throw new IllegalArgumentException(
                    "index run of scope '" + scope + "' with a hash of " + sha256.length + " bytes");
        }
    }

    /** Reads an object's name; empty if it is not that of an index run. */
    static Optional<IndexRunName> parse(String object) {
        int slash = PREFIX.length() + SCOPE_DIGITS;
        if (!object.startsWith(PREFIX) || object.length() != slash + 1 + HASH_DIGITS || object.charAt(slash) != '/') {
            return Optional.empty();
        }
        try {
            String scope = object.substring(PREFIX.length(), slash);
            HexFormat.of().parseHex(scope);
            return Optional.of(new IndexRunName(scope, HexFormat.of().parseHex(object.substring(slash + 1))));
        } catch (IllegalArgumentException noHex) {
            return Optional.empty();
        }
    }

    /** Where the runs of a scope stand. */
    static String prefix(String scope) {
        return PREFIX + scope + "/";
    }

    /**
     * The name of the run's object.
     *
     * @return {@code index/<scope>/<hash>}
     */
    public String objectName() {
        return prefix(scope) + hex();
    }

    String hex() {
        return HexFormat.of().formatHex(sha256);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IndexRunName that && scope.equals(that.scope) && Arrays.equals(sha256, that.sha256);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sha256);
    }

    @Override
    public String toString() {
        return objectName();
    }
}
