// SPDX-License-Identifier: Apache-2.0
package io.holdfast.failsafe;

import dev.failsafe.RetryPolicyConfig;
import io.holdfast.retry.RetryPolicy;

/**
 * Takes retry policies over from Failsafe.
 *
 * <p>Stateless. Failsafe's conditions see a {@link io.holdfast.retry.FailureException}, so a policy may tell failures apart by
 * {@code failure().category()}; a policy without conditions handles all.
 */
public final class FailsafePolicies {
    private FailsafePolicies() {}

    /**
     * A policy that decides with the numbers and conditions of a Failsafe policy.
     *
     * <p>Taken over: attempts, maximum duration, delay (fixed, random, backed off, or by function), jitter, and the conditions that handle
     * or abort. Listeners are not called: nothing of Failsafe runs. Results play no part, since only failures are decided about; nor does
     * an execution's start time, which a delay function sees as the epoch. A wait that the other side asked for is never shortened by
     * jitter or by the maximum duration, and failures that no repetition can heal are final. A condition or delay function that throws
     * counts as not given, as in Failsafe; they run in the thread that failed, and must be safe for several.
     *
     * @param config what {@code getConfig()} of the Failsafe policy returns
     * @return the policy
     */
    public static RetryPolicy adapt(RetryPolicyConfig<?> config) {
        return new ConfiguredPolicy<>(config);
    }
}
