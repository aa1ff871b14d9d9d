// SPDX-License-Identifier: Apache-2.0
/**
 * One request to a service and its answer: admitted by pacer and breaker, with a token, under deadlines, classified, and put on record.
 *
 * <p>Read {@link io.holdfast.exchange.Exchanger} first, then {@link io.holdfast.exchange.HttpTransport}, which whoever brings an HTTP client
 * implements, and {@link io.holdfast.exchange.ServiceDialect}, which a connector does. Depends on {@code identity}, {@code retry}, {@code pacing},
 * {@code model}, {@code error} and {@code runtime}; connectors depend on it. Knows no service by name, and no HTTP client.
 */
@NullMarked
package io.holdfast.exchange;

import org.jspecify.annotations.NullMarked;
