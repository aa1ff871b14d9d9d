// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.http;

/**
 * What a simulated service has seen, by its own books.
 *
 * @param requests all requests
 * @param served those that it worked on
 * @param throttled those that it refused for their number
 * @param insideFence those that came from a key before the time that it had been asked to wait until
 * @param tokens requests for tokens
 * @param unauthorized requests without a valid token
 * @param struck those that chaos struck
 */
public record ServiceLedger(
        long requests, long served, long throttled, long insideFence, long tokens, long unauthorized, long struck) {}
