// SPDX-License-Identifier: Apache-2.0
/**
 * What a process shares of the services that its connectors talk to, put together: pacer, breakers, tokens, health, diagnosis, and what is learned.
 *
 * <p>Read {@link io.holdfast.services.Services} first. Depends on all packages that it puts together; connectors and hosts depend on it. The engine knows
 * nothing of it: it sees sources only.
 */
@NullMarked
package io.holdfast.services;

import org.jspecify.annotations.NullMarked;
