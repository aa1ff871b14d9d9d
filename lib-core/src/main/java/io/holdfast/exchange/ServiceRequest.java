// SPDX-License-Identifier: Apache-2.0
package io.holdfast.exchange;

import io.holdfast.pacing.PacedRequest;
import io.holdfast.pacing.Pacer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A request and all that is to be known for sending it.
 *
 * @param paced what it counts for, its operation and its expected cost
 * @param http what goes over the wire, without a token
 * @param access what it is authorized by; empty for addresses that carry their own authorization, or need none
 * @param expected statuses beside 2xx that are an answer of the operation and no failure, such as a redirect of content, or an absent photo
 * @param patience how long to wait for admission at most
 */
public record ServiceRequest(
        PacedRequest paced, HttpRequest http, Optional<Access> access, Set<Integer> expected, Duration patience) {

    /** Checks for null. */
    public ServiceRequest {
        Objects.requireNonNull(paced, "paced");
        Objects.requireNonNull(http, "http");
        Objects.requireNonNull(access, "access");
        expected = Set.copyOf(expected);
        Objects.requireNonNull(patience, "patience");
    }

    /**
     * A request without authorization that expects success, and waits for admission as long as is usual.
     *
     * @param paced what it counts for
     * @param http what goes over the wire
     * @return the request
     */
    public static ServiceRequest of(PacedRequest paced, HttpRequest http) {
        return new ServiceRequest(paced, http, Optional.empty(), Set.of(), Pacer.DEFAULT_PATIENCE);
    }

    /**
     * The same with a token.
     *
     * @param right the right to call the service
     * @return another request
     */
    public ServiceRequest authorizedBy(Access right) {
        return new ServiceRequest(paced, http, Optional.of(right), expected, patience);
    }

    /**
     * The same with further statuses that are no failure.
     *
     * @param statuses the statuses
     * @return another request
     */
    public ServiceRequest expecting(Integer... statuses) {
        return new ServiceRequest(paced, http, access, Set.of(statuses), patience);
    }

    /**
     * The same with other patience.
     *
     * @param time how long to wait for admission at most
     * @return another request
     */
    public ServiceRequest waiting(Duration time) {
        return new ServiceRequest(paced, http, access, expected, time);
    }

    ServiceRequest sending(HttpRequest other) {
        return new ServiceRequest(paced, other, access, expected, patience);
    }

    boolean expects(int status) {
        return status / 100 == 2 || expected.contains(status);
    }
}
