// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crypto;

/**
 * Makes the key providers that come with the SDK.
 *
 * <p>Each provider copies what it is given; the caller clears its own arrays, and closes the provider.
 */
public final class KeyProviders {
    private KeyProviders() {}

    /**
     * Keys behind a passphrase, with the default cost of Argon2id. Needs Bouncy Castle (org.bouncycastle:bcprov-jdk18on).
     *
     * @param passphrase the passphrase, not empty; compared in Unicode normal form C
     * @return the provider
     */
    public static KeyProvider passphrase(char[] passphrase) {
        return passphrase(passphrase, Argon2Cost.defaults());
    }

    /**
     * Keys behind a passphrase. Needs Bouncy Castle (org.bouncycastle:bcprov-jdk18on).
     *
     * @param passphrase the passphrase, not empty; compared in Unicode normal form C
     * @param cost how much work new slots are; slots that stand keep their own
     * @return the provider
     */
    public static KeyProvider passphrase(char[] passphrase, Argon2Cost cost) {
        return new PassphraseKeyProvider(Passphrases.bytes(passphrase), cost);
    }

    /**
     * Keys behind a passphrase that is at hand as bytes. Needs Bouncy Castle (org.bouncycastle:bcprov-jdk18on).
     *
     * @param utf8 the passphrase in UTF-8, not empty; it gives the same key as its characters do
     * @param cost how much work new slots are; slots that stand keep their own
     * @return the provider
     */
    public static KeyProvider passphrase(byte[] utf8, Argon2Cost cost) {
        return new PassphraseKeyProvider(Passphrases.bytes(utf8), cost);
    }

    /**
     * A key that is the repository key itself. Whoever has it has everything; it cannot be changed.
     *
     * @param key 32 random bytes
     * @return the provider
     */
    public static KeyProvider raw(byte[] key) {
        return new RawKeyProvider(key);
    }
}
