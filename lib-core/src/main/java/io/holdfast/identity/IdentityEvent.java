// SPDX-License-Identifier: Apache-2.0
package io.holdfast.identity;

import io.holdfast.pacing.Scope;
import java.time.Instant;
import java.util.Objects;

/**
 * Something happened between an application and its identity service.
 *
 * @param application provider, cloud, tenant and application
 * @param kind what happened
 * @param code the raw code of the service; empty if there is none
 * @param detail more, on one line, without secrets; empty if there is no more
 * @param at when
 */
public record IdentityEvent(Scope application, Kind kind, String code, String detail, Instant at) {

    /** Checks for null. */
    public IdentityEvent {
        Objects.requireNonNull(application, "application");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(at, "at");
    }

    /** What happened. The first five are answers: one for each request that was sent. More may come in minor releases. */
    public enum Kind {
        /** A token was granted. */
        GRANTED,
        /** The service asks for fewer requests. */
        THROTTLED,
        /** The service did not answer, or is in trouble. */
        UNAVAILABLE,
        /** The service refuses the credential; the tenant stops. */
        REJECTED,
        /** The service refuses one audience; the tenant goes on. */
        DENIED,
        /** The host gave another credential after a refusal; the tenant goes on. */
        CREDENTIAL_CHANGED,
        /** The credential ends soon, or has ended; told 30, 14, 7, 3 and 1 days ahead and then. */
        CREDENTIAL_EXPIRES
    }
}
