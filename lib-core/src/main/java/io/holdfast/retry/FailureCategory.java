// SPDX-License-Identifier: Apache-2.0
package io.holdfast.retry;

/** What kind of failure a service or store answered with; the connector names it, the engine decides what to do. */
public enum FailureCategory {
    /** The service asks for fewer requests. */
    THROTTLED,
    /** A passing fault: a server error, a reset connection, an answer without the body that it should have. */
    TRANSIENT,
    /** The token is no longer valid and another can be had. */
    TOKEN_EXPIRED,
    /** The identity service does not answer. */
    IDENTITY_OUTAGE,
    /** The identity service refuses the credential. */
    CREDENTIAL_REJECTED,
    /** A permission is missing. */
    PERMISSION_MISSING,
    /** The resource is not licensed, not provisioned, or locked. */
    NOT_AVAILABLE,
    /** The item no longer exists. */
    GONE,
    /** The cursor is no longer valid: the feed starts again. */
    CURSOR_INVALID,
    /** The service refuses this item for good. */
    POISON_ITEM,
    /** The content that arrived is not what was announced. */
    CONTENT_MISMATCH,
    /** The TLS handshake failed. */
    TLS,
    /** A name could not be resolved. */
    NAME_RESOLUTION,
    /** A connection could not be made. */
    CONNECT,
    /** The network lost the way during an exchange. */
    PATH_LOSS,
    /** The target of a restore has no room. */
    TARGET_FULL,
    /** The target of a restore holds something that is in the way. */
    CONFLICT,
    /** Nobody knows this answer: tried again within bounds, kept raw, counted as drift. */
    UNKNOWN;

    /**
     * Whether the same request may succeed later without anybody changing anything.
     *
     * @return false if no policy can heal it by repeating
     */
    public boolean isWorthRepeating() {
        switch (this) {
            case THROTTLED:
            case TRANSIENT:
            case TOKEN_EXPIRED:
            case IDENTITY_OUTAGE:
            case CONTENT_MISMATCH:
            case TLS:
            case NAME_RESOLUTION:
            case CONNECT:
            case PATH_LOSS:
            case UNKNOWN:
                return true;
            default:
                return false;
        }
    }

    /**
     * Whether it tells that the service, or the way to it, is in trouble, whatever the request was.
     *
     * @return true if breakers count it
     */
    public boolean speaksAgainstTheService() {
        switch (this) {
            case TRANSIENT:
            case TLS:
            case NAME_RESOLUTION:
            case CONNECT:
            case PATH_LOSS:
                return true;
            default:
                return false;
        }
    }

    /**
     * Whether only a service that works gives such an answer: it knows the item, the cursor or the right that it speaks of.
     *
     * @return true if breakers take it for a success
     */
    public boolean speaksForTheService() {
        switch (this) {
            case PERMISSION_MISSING:
            case NOT_AVAILABLE:
            case GONE:
            case CURSOR_INVALID:
            case POISON_ITEM:
            case CONFLICT:
                return true;
            default:
                return false;
        }
    }
}
