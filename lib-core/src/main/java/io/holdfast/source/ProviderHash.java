// SPDX-License-Identifier: Apache-2.0
package io.holdfast.source;

import java.security.MessageDigest;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A hash of a content as the service announced it.
 *
 * @param algorithm its name, such as {@code SHA-256} or {@code quickXorHash}
 * @param hex its value in lower-case hexadecimal digits
 * @param digest makes a fresh digest of that algorithm
 */
public record ProviderHash(String algorithm, String hex, Supplier<MessageDigest> digest) {

    /** Checks for null. */
    public ProviderHash {
        Objects.requireNonNull(algorithm, "algorithm");
        Objects.requireNonNull(hex, "hex");
        Objects.requireNonNull(digest, "digest");
    }
}
