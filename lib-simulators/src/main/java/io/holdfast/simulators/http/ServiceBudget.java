// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.http;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * A limit of a simulated service: so many units in a sliding window, for each key.
 *
 * @param name how the ledger calls it
 * @param key who is counted together, such as the mailbox in the path; empty for requests that it does not count
 * @param cost how many units a request costs
 * @param amount how many units a key has
 * @param window in what time
 * @param tellsHowLong whether a refusal says when to come back
 */
public record ServiceBudget(
        String name,
        Function<PeerRequest, Optional<String>> key,
        ToLongFunction<PeerRequest> cost,
        long amount,
        Duration window,
        boolean tellsHowLong) {

    /** Checks the ranges. */
    public ServiceBudget {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(cost, "cost");
        if (amount < 1 || window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException(
                    "a budget of " + amount + " in " + window + "; both must be more than zero");
        }
    }

    /**
     * A budget of requests that says when to come back.
     *
     * @param name how the ledger calls it
     * @param key who is counted together
     * @param amount how many requests a key has
     * @param window in what time
     * @return the budget
     */
    public static ServiceBudget ofRequests(
            String name, Function<PeerRequest, Optional<String>> key, long amount, Duration window) {
        return new ServiceBudget(name, key, request -> 1, amount, window, true);
    }

    /**
     * The same with another amount, as when a service cuts it without a word.
     *
     * @param units how many units a key has
     * @return another budget
     */
    public ServiceBudget withAmount(long units) {
        return new ServiceBudget(name, key, cost, units, window, tellsHowLong);
    }
}
