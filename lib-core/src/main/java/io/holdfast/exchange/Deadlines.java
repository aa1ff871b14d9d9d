// SPDX-License-Identifier: Apache-2.0
package io.holdfast.exchange;

import java.time.Duration;

/**
 * How long each phase of an exchange may take. There is none for the whole: a long download that makes progress goes on.
 *
 * @param connect until a connection stands, its TLS handshake not included
 * @param firstByte from the end of the request until the response begins
 * @param stall for how long a body may stand still, or nearly: less than {@value #LEAST_BYTES} bytes in that time count as standing still
 */
public record Deadlines(Duration connect, Duration firstByte, Duration stall) {
    /** How many bytes of a body must come within {@link #stall}. */
    public static final int LEAST_BYTES = 1024;

    /** Checks the ranges. */
    public Deadlines {
        check("connect", connect);
        check("firstByte", firstByte);
        check("stall", stall);
    }

    /**
     * Deadlines for services on the Internet: 15 s to connect, 100 s to the first byte, which is longer than the services' own gateways wait, 60 s
     * for a stall.
     *
     * @return the deadlines
     */
    public static Deadlines defaults() {
        return new Deadlines(Duration.ofSeconds(15), Duration.ofSeconds(100), Duration.ofSeconds(60));
    }

    private static void check(String name, Duration deadline) {
        if (deadline.toMillis() < 1 || deadline.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException(
                    "deadline " + name + " is " + deadline + "; allowed are a millisecond to an hour");
        }
    }
}
