// SPDX-License-Identifier: Apache-2.0
package io.holdfast.pacing;

import java.time.Instant;
import java.util.Optional;

/**
 * Shares budgets and waits with the other workers that spend from them; a host with several processes implements it on whatever they have in
 * common.
 *
 * <p>Asked at most every ten seconds for each scope in use, from threads that wait for admission: answer from memory, and refresh beside.
 * Safe for use by several threads. If it throws, the last answer holds.
 */
public interface BudgetSharing {

    /**
     * The part of a scope's budgets that this process may spend.
     *
     * @param scope a scope that has limits
     * @return over 0 and at most 1; the parts of all workers must not add up to more than 1
     */
    double partOf(Scope scope);

    /**
     * Until when another worker was asked to send nothing for a scope.
     *
     * @param scope the scope
     * @return empty if nobody was
     */
    Optional<Instant> fencedUntil(Scope scope);

    /**
     * Tells the others that the service asked for silence.
     *
     * @param scope the scope
     * @param until how long
     */
    void fenced(Scope scope, Instant until);

    /**
     * One process spends everything.
     *
     * @return the default
     */
    static BudgetSharing alone() {
        return new BudgetSharing() {
            @Override
            public double partOf(Scope scope) {
                return 1;
            }

            @Override
            public Optional<Instant> fencedUntil(Scope scope) {
                return Optional.empty();
            }

            @Override
            public void fenced(Scope scope, Instant until) {}
        };
    }
}
