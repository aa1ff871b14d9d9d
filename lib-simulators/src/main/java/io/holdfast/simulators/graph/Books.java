// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.http.PeerRequest;
import io.holdfast.simulators.http.ServiceLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts. Safe for use by several threads. */
final class Books {
    private static final int MOST_VIOLATIONS = 1000;

    private final Map<String, Long> operations = new TreeMap<>();
    private final List<GraphViolation> violations = new ArrayList<>();
    private long requests;
    private long served;
    private long throttled;
    private long tokens;
    private long unauthorized;
    private long struck;

    synchronized void asked(String operation) {
        requests++;
        operations.merge(operation, 1L, Long::sum);
    }

    synchronized void served() {
        served++;
    }

    synchronized void throttled() {
        throttled++;
    }

    synchronized void token() {
        tokens++;
    }

    synchronized void unauthorized() {
        unauthorized++;
    }

    synchronized void struck() {
        struck++;
    }

    synchronized void violated(GraphViolation.Kind kind, PeerRequest request) {
        if (violations.size() < MOST_VIOLATIONS) {
            violations.add(new GraphViolation(kind, request.method() + " " + request.path()));
        }
    }

    synchronized GraphLedger ledger(Turnstile turnstile) {
        ServiceLedger totals =
                new ServiceLedger(requests, served, throttled, turnstile.insideFence(), tokens, unauthorized, struck);
        return new GraphLedger(totals, operations, turnstile.most(), turnstile.units(), violations);
    }
}
