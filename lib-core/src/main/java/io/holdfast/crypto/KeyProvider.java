// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crypto;

import java.util.Optional;

/**
 * One way to hold the key of a repository: behind a passphrase, as raw bytes, in a key service.
 *
 * <p>A provider wraps the secret of a slot when the slot is made, and unwraps it when a repository is opened; the secret opens the
 * repository key. Where a provider dictates the repository key, that key is the secret of its slots. Slots are
 * bound to their repository: the binding is authenticated and must be given back as it was. Implementations are safe
 * for use by several threads, keep secrets in arrays that {@link #close()} clears, and never print them.
 */
public interface KeyProvider extends AutoCloseable {

    /**
     * The name of this way of holding keys, which stands in a slot, such as {@code passphrase}.
     *
     * @return lower-case letters and hyphens
     */
    String name();

    /**
     * The repository key that a new repository must have, where this provider dictates one.
     *
     * @return 32 bytes that the caller clears, or empty if a random key shall be made
     */
    default Optional<byte[]> dictatedKey() {
        return Optional.empty();
    }

    /**
     * Wraps the secret of a slot, bound to the binding, the salt and the parameters: with any of them altered it does not unwrap.
     *
     * @param secret 32 bytes; not kept
     * @param binding what the slot is bound to; authenticated, not secret
     * @param salt 32 fresh random bytes for whatever the wrapping needs
     * @return what {@link #unwrap} needs
     * @throws io.holdfast.error.KeyException if this provider dictates a key and the secret is another one
     */
    WrappedKey wrap(byte[] secret, byte[] binding, byte[] salt);

    /**
     * Unwraps the secret of a slot.
     *
     * @param wrapped what {@link #wrap} gave
     * @param binding what the slot is bound to
     * @return 32 bytes that the caller clears, or empty if the slot is not this provider's or its secret does not open it
     * @throws io.holdfast.error.KeyException if the parameters of the slot are outside their bounds
     */
    Optional<byte[]> unwrap(WrappedKey wrapped, byte[] binding);

    /** Clears the secret; what is asked afterwards is an {@link IllegalStateException}. May be called again. */
    @Override
    void close();
}
