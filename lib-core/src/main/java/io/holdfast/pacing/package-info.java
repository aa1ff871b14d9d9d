// SPDX-License-Identifier: Apache-2.0
/**
 * Spends the budgets that a service grants, and no more: admits requests, stays behind what the service asked for, learns from its answers.
 *
 * <p>Read {@link io.holdfast.pacing.Pacer} first, then {@link io.holdfast.pacing.PacingProfile}. Depends on {@code model}, {@code error} and
 * {@code runtime}; connectors and the engine depend on it. Knows no service by name: limits come as data.
 */
@NullMarked
package io.holdfast.pacing;

import org.jspecify.annotations.NullMarked;
