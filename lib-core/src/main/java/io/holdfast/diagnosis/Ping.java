// SPDX-License-Identifier: Apache-2.0
package io.holdfast.diagnosis;

import io.holdfast.exchange.HttpRequest;
import java.util.Objects;

/**
 * A small request that tells whether a part of a service works; must change nothing.
 *
 * @param pool the part, such as {@code mail}
 * @param http what is sent; the token is added
 * @param large whether its answer is large by intent, some hundred kilobytes, to see whether the path carries more than a greeting
 */
public record Ping(String pool, HttpRequest http, boolean large) {

    /** Checks for null. */
    public Ping {
        Objects.requireNonNull(pool, "pool");
        Objects.requireNonNull(http, "http");
    }
}
