// SPDX-License-Identifier: Apache-2.0
package io.holdfast.pacing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds up what was spent; guarded by the lock of its pacer. Resources are not told apart, so that it stays small. */
final class SpendingLedger {
    private final Map<Key, Account> accounts = new HashMap<>();

    private record Key(Scope tenant, String pool, String operation) {}

    private static final class Account {
        private long requests;
        private long units;
        private long bytesUp;
        private long bytesDown;
        private long throttled;
        private long waitedNanos;
    }

    void waited(PacedRequest request, long nanos) {
        account(request).waitedNanos += nanos;
    }

    void spent(PacedRequest request, Cost cost) {
        Account account = account(request);
        account.requests += cost.requests();
        account.units += cost.units();
        account.bytesUp += cost.bytesUp();
        account.bytesDown += cost.bytesDown();
    }

    void throttled(PacedRequest request) {
        account(request).throttled += request.cost().requests();
    }

    private Account account(PacedRequest request) {
        Scope tenant = request.scope().atOrAbove(ScopeLevel.TENANT);
        String pool = request.scope().at(ScopeLevel.POOL).map(Scope::name).orElse("");
        return accounts.computeIfAbsent(new Key(tenant, pool, request.operation()), key -> new Account());
    }

    List<Spending> list() {
        List<Spending> list = new ArrayList<>(accounts.size());
        accounts.forEach((key, account) -> list.add(new Spending(
                key.tenant,
                key.pool,
                key.operation,
                new Cost(account.requests, account.units, account.bytesUp, account.bytesDown, 0),
                account.throttled,
                Duration.ofNanos(account.waitedNanos))));
        return list;
    }
}
