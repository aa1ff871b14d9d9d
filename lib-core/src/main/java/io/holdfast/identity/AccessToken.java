// SPDX-License-Identifier: Apache-2.0
package io.holdfast.identity;

import java.time.Instant;
import java.util.Objects;

/** A token that opens a service for some time. Immutable; printed without its value. */
public final class AccessToken {
    private final String value;
    private final Instant obtained;

    AccessToken(String value, Instant obtained) {
        this.value = Objects.requireNonNull(value, "value");
        this.obtained = Objects.requireNonNull(obtained, "obtained");
    }

    /**
     * The secret itself, for the header of a request to the service that it was issued for, and for nothing else.
     *
     * @return the token
     */
    public String value() {
        return value;
    }

    /**
     * When it was obtained: a service that refuses a token younger than a minute may not have heard of it yet.
     *
     * @return by our clock
     */
    public Instant obtained() {
        return obtained;
    }

    @Override
    public String toString() {
        return "token obtained at " + obtained;
    }
}
