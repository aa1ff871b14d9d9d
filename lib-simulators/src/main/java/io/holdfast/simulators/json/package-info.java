// SPDX-License-Identifier: Apache-2.0
/**
 * JSON as plain maps and lists, for simulators of services that speak it.
 *
 * <p>Read {@link io.holdfast.simulators.json.Json} first. Not exported; depends on Jackson's streaming parser alone.
 */
@NullMarked
package io.holdfast.simulators.json;

import org.jspecify.annotations.NullMarked;
