// SPDX-License-Identifier: Apache-2.0
/**
 * The port for HTTP exchanges, implemented on OkHttp.
 *
 * <p>Read {@link io.holdfast.http.OkHttpTransport}. Depends on {@code io.holdfast.exchange}; connectors and hosts depend on it. No type of the library
 * is visible.
 */
@NullMarked
package io.holdfast.http;

import org.jspecify.annotations.NullMarked;
