// SPDX-License-Identifier: Apache-2.0
/**
 * The contract of {@link io.holdfast.exchange.HttpTransport}: extend {@link io.holdfast.testkit.http.HttpTransportContract}.
 *
 * <p>Depends on the core's public packages, on the peers of {@code io.holdfast.simulators.http} and on JUnit.
 */
@NullMarked
package io.holdfast.testkit.http;

import org.jspecify.annotations.NullMarked;
