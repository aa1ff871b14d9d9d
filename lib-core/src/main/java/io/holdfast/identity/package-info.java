// SPDX-License-Identifier: Apache-2.0
/**
 * Access tokens for services: had from an identity service as seldom as possible, renewed in the background, and used through its outages.
 *
 * <p>Read {@link io.holdfast.identity.TokenSource} first, then {@link io.holdfast.identity.TokenEndpoint}, which a connector implements. Depends
 * on {@code retry}, {@code pacing}, {@code runtime}, {@code model} and {@code error}; connectors depend on it. Knows no identity service by name.
 */
@NullMarked
package io.holdfast.identity;

import org.jspecify.annotations.NullMarked;
