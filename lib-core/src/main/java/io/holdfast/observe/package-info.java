// SPDX-License-Identifier: Apache-2.0
/**
 * What a session tells while it runs: events for listeners.
 *
 * <p>Read {@link io.holdfast.observe.SessionListener} first. Depends on {@code model} and {@code error}; the engine tells, hosts
 * listen.
 */
@NullMarked
package io.holdfast.observe;

import org.jspecify.annotations.NullMarked;
