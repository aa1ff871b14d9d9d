// SPDX-License-Identifier: Apache-2.0
/**
 * Encryption and keys: the {@link io.holdfast.crypto.Encryptor} and {@link io.holdfast.crypto.KeyProvider} SPIs and their defaults.
 *
 * <p>Read {@link io.holdfast.crypto.Encryptor} first. Depends on {@code model} and {@code error}.
 */
@NullMarked
package io.holdfast.crypto;

import org.jspecify.annotations.NullMarked;
