// SPDX-License-Identifier: Apache-2.0
/**
 * How each tenant fares, right within a second, so that a host's status page need not wait for somebody to notice.
 *
 * <p>Read {@link io.holdfast.health.HealthBoard} first. Depends on {@code internal.varint}, {@code retry}, {@code identity}, {@code pacing}, {@code runtime}, {@code model} and
 * {@code error}; hosts, connectors and the engine tell it what happens.
 */
@NullMarked
package io.holdfast.health;

import org.jspecify.annotations.NullMarked;
