// SPDX-License-Identifier: Apache-2.0
package io.holdfast.exchange;

import io.holdfast.pacing.Cost;
import io.holdfast.pacing.PacedRequest;
import io.holdfast.retry.FailureCategory;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of one exchange; for telemetry. Holds no content, no token and no address.
 *
 * @param at when its request was sent
 * @param request what it counted for, and what it was expected to cost
 * @param status the status; 0 if there was no response
 * @param code the service's code of an error, or the phase that failed; empty for success
 * @param failure what kind of failure it was; empty for success
 * @param cost what it cost, as far as the response told
 * @param waited how long it waited for admission
 * @param firstByte from sending it to the beginning of its response, or to the failure
 * @param whole from sending it to the end of the body, as its reader took it
 * @param bytesUp bytes of the request's body
 * @param bytesDown bytes of the response's body on the wire
 * @param id the service's id of the exchange, else ours; empty if there is neither
 */
public record ExchangeRecord(
        Instant at,
        PacedRequest request,
        int status,
        String code,
        Optional<FailureCategory> failure,
        Cost cost,
        Duration waited,
        Duration firstByte,
        Duration whole,
        long bytesUp,
        long bytesDown,
        String id) {

    /** Checks for null. */
    public ExchangeRecord {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(failure, "failure");
        Objects.requireNonNull(cost, "cost");
        Objects.requireNonNull(waited, "waited");
        Objects.requireNonNull(firstByte, "firstByte");
        Objects.requireNonNull(whole, "whole");
        Objects.requireNonNull(id, "id");
    }
}
