// SPDX-License-Identifier: Apache-2.0
/**
 * Tokens of Microsoft Entra, by MSAL4J, behind the core's own token source.
 *
 * <p>Read {@link io.holdfast.m365.internal.identity.EntraEndpoint} first. Depends on the core's {@code identity} and {@code exchange} and on MSAL4J.
 */
@NullMarked
package io.holdfast.m365.internal.identity;

import org.jspecify.annotations.NullMarked;
