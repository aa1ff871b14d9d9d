// SPDX-License-Identifier: Apache-2.0
/**
 * HTTP peers that do as they are told: over sockets and TLS, or on simulated time without either; and the contract of
 * {@link io.holdfast.exchange.HttpTransport}.
 *
 * <p>Read {@link io.holdfast.testkit.http.Reply} first, then {@link io.holdfast.testkit.http.WirePeer} and
 * {@link io.holdfast.testkit.http.SimulatedTransport}. Depends on the core's public packages and on JUnit.
 */
@NullMarked
package io.holdfast.testkit.http;

import org.jspecify.annotations.NullMarked;
