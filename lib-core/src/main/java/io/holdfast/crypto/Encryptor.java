// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crypto;

/**
 * One suite of authenticated encryption for short messages, by which everything in a repository is sealed.
 *
 * <p>The engine derives keys, splits content into messages of at most 32 KiB, and counts nonces; an encryptor only seals
 * and opens one message at a time. It never sees a (key, nonce) pair twice for different messages. Implementations are
 * safe for use by several threads and keep no state between calls. Buffers are never kept after a call returns.
 */
public interface Encryptor {

    /**
     * The name of the suite, which stands in the repository's descriptor.
     *
     * @return a short stable name, such as {@code A256GCM}
     */
    String suite();

    /**
     * How long a key is.
     *
     * @return the length in bytes, 16 to 64
     */
    int keyBytes();

    /**
     * How long a nonce is.
     *
     * @return the length in bytes, 12 to 24
     */
    int nonceBytes();

    /**
     * By how much a sealed message is longer than its plaintext.
     *
     * @return the length in bytes, 16 to 64
     */
    int tagBytes();

    /**
     * Seals one message; the same arguments give the same bytes.
     *
     * @param key {@link #keyBytes()} bytes
     * @param nonce {@link #nonceBytes()} bytes
     * @param associatedData what the message is bound to, at most 1 KiB; may be empty
     * @param in where the plaintext is, 0 to 64 KiB
     * @param out where the sealed message goes; never overlaps the plaintext
     * @return the number of bytes written: the plaintext's length and {@link #tagBytes()}
     * @throws IllegalArgumentException if a length does not fit
     */
    int seal(byte[] key, byte[] nonce, byte[] associatedData, Slice in, Slice out);

    /**
     * Opens one sealed message.
     *
     * @param key {@link #keyBytes()} bytes
     * @param nonce the nonce that it was sealed with
     * @param associatedData what the message was bound to
     * @param in where the sealed message is
     * @param out where the plaintext goes; never overlaps the sealed message
     * @return the number of bytes written
     * @throws IllegalArgumentException if a length does not fit, that of the message excepted
     * @throws SealBrokenException if key, nonce, associated data or message are not those of the sealing; then nothing of the
     *     plaintext may be used
     */
    int open(byte[] key, byte[] nonce, byte[] associatedData, Slice in, Slice out) throws SealBrokenException;

    /**
     * The default suite: AES-256-GCM of the Java platform (NIST SP 800-38D), 12-byte nonce, 16-byte tag.
     *
     * @return the suite {@code A256GCM}
     */
    static Encryptor aes256Gcm() {
        return new AesGcmEncryptor(null);
    }

    /**
     * The default suite from a chosen provider, such as a FIPS-validated one.
     *
     * @param provider where the cipher comes from
     * @return the suite {@code A256GCM}
     */
    static Encryptor aes256Gcm(java.security.Provider provider) {
        return new AesGcmEncryptor(provider);
    }
}
