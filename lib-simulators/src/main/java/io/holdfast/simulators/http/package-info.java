// SPDX-License-Identifier: Apache-2.0
/**
 * HTTP peers that do as they are told: over sockets and TLS, or on simulated time without either.
 *
 * <p>Read {@link io.holdfast.simulators.http.Reply} first, then {@link io.holdfast.simulators.http.WirePeer} and
 * {@link io.holdfast.simulators.http.SimulatedTransport}. Depends on the core's public packages alone.
 */
@NullMarked
package io.holdfast.simulators.http;

import org.jspecify.annotations.NullMarked;
