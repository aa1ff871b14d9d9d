// SPDX-License-Identifier: Apache-2.0
package io.holdfast.storage.s3;

import java.util.Objects;
import java.util.Optional;

/**
 * What requests are signed with.
 *
 * @param accessKey the id of the key
 * @param secretKey the key; never in {@link #toString}
 * @param sessionToken the token of temporary credentials
 */
public record S3Credentials(String accessKey, String secretKey, Optional<String> sessionToken) {

    /** Checks that neither part of the key is empty. */
    public S3Credentials {
        if (accessKey.isBlank() || secretKey.isBlank()) {
            throw new IllegalArgumentException("the access key or the secret key is empty; give both");
        }
        Objects.requireNonNull(sessionToken, "sessionToken");
    }

    /**
     * A key without a session.
     *
     * @param accessKey the id of the key
     * @param secretKey the key
     * @return the credentials
     */
    public static S3Credentials of(String accessKey, String secretKey) {
        return new S3Credentials(accessKey, secretKey, Optional.empty());
    }

    @Override
    public String toString() {
        return "S3Credentials[" + accessKey + "]";
    }
}
