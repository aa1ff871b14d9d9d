// SPDX-License-Identifier: Apache-2.0
/**
 * Encryption and keys: the {@link io.holdfast.crypto.Encryptor} and {@link io.holdfast.crypto.KeyProvider} SPIs and their defaults.
 *
 * <p>Read {@link io.holdfast.crypto.Encryptor} first. Depends on {@code model} and {@code error}; the engine and hosts that bring
 * keys of their own depend on it, sources and stores never.
 */
@NullMarked
package io.holdfast.crypto;

import org.jspecify.annotations.NullMarked;
