// SPDX-License-Identifier: Apache-2.0
package io.holdfast.identity;

import io.holdfast.pacing.Scope;
import java.util.Objects;
import java.util.Optional;

/**
 * A request for a token.
 *
 * @param application who asks: provider, cloud, tenant and application
 * @param audience what the token is for, in the connector's own words: the service, or a user and the rights to be had in his name
 * @param credential what the application proves itself with
 * @param claims what a service demanded of the token when it refused the last one, as it came
 */
public record TokenRequest(Scope application, String audience, Credential credential, Optional<String> claims) {

    /** Checks for null. */
    public TokenRequest {
        Objects.requireNonNull(application, "application");
        Objects.requireNonNull(audience, "audience");
        Objects.requireNonNull(credential, "credential");
        Objects.requireNonNull(claims, "claims");
    }
}
