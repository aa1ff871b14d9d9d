// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.http.PeerRequest;
import java.util.List;
import java.util.Optional;

/**
 * A request on its way to an operation.
 *
 * @param request the request
 * @param operation what the ledger calls it
 * @param path its segments, decoded
 * @param target what is to be done; empty if it was refused before
 * @param refusal why it was refused; empty if it was not
 */
record Visit(
        PeerRequest request,
        String operation,
        List<String> path,
        Optional<Target> target,
        Optional<GraphError> refusal) {

    /**
     * What is to be done.
     *
     * @param call the request, understood
     * @param route the operation
     * @param ticket for the turnstile
     */
    record Target(Call call, Route route, Turnstile.Ticket ticket) {}

    /** The same, refused. */
    Visit refused(GraphError error) {
        return new Visit(request, operation, path, target, Optional.of(error));
    }
}
