// SPDX-License-Identifier: Apache-2.0
package io.holdfast.services;

import io.holdfast.diagnosis.Diagnosis;
import io.holdfast.drift.DriftEvent;
import io.holdfast.exchange.ExchangeRecord;
import io.holdfast.health.HealthEvent;
import io.holdfast.identity.IdentityEvent;
import io.holdfast.pacing.Scope;
import io.holdfast.retry.BreakerEvent;

/**
 * Hears what happens between a process and the services that it talks to. Implement what is of interest; there may be more methods in later versions.
 *
 * <p>Called on the threads that bring events about, each kind one at a time and in order; must not block. What it throws is logged once and otherwise
 * ignored.
 */
public interface ServiceListener {

    /**
     * An exchange has ended.
     *
     * @param exchange what became of it
     */
    default void exchange(ExchangeRecord exchange) {}

    /**
     * A breaker has opened, lets probes through, or has closed.
     *
     * @param event the change
     */
    default void breaker(BreakerEvent event) {}

    /**
     * Something happened between an application and its identity service.
     *
     * @param event what
     */
    default void identity(IdentityEvent event) {}

    /**
     * The health of a tenant has changed.
     *
     * @param event the change
     */
    default void health(HealthEvent event) {}

    /**
     * A service answered something that it never answered before.
     *
     * @param event what and where
     */
    default void drift(DriftEvent event) {}

    /**
     * An examination has ended that was made because a breaker opened.
     *
     * @param scope what the breaker stands before
     * @param diagnosis what was found
     */
    default void diagnosis(Scope scope, Diagnosis diagnosis) {}
}
