// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crypto;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.KeyException;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id version 1.3 (RFC 9106) of Bouncy Castle.
 *
 * <p>The only class that touches Bouncy Castle, because hosts may leave it out.
 */
final class Argon2 {
    private Argon2() {}

    /** Derives a key, which the caller clears. */
    static byte[] derive(byte[] passphrase, byte[] salt, Argon2Cost cost, int length) {
        try {
            return Generator.derive(passphrase, salt, cost, length);
        } catch (NoClassDefFoundError absent) {
            throw new KeyException(
                    ErrorCode.KEY_ALGORITHM,
                    "Argon2id is not on the class path or module path, so a passphrase cannot be used",
                    "Add the artifact org.bouncycastle:bcprov-jdk18on (module org.bouncycastle.provider), or use another kind of key",
                    absent);
        } catch (OutOfMemoryError tooSmall) {
            throw new KeyException(
                    ErrorCode.KEY_PARAMETERS,
                    "The heap has no room for the " + cost.memoryKib() + " KiB that the key slot asks for",
                    "Run with a larger heap",
                    tooSmall);
        }
    }

    /** Loaded only when it is called, so that a missing Bouncy Castle can be caught above. */
    private static final class Generator {
        private Generator() {}

        static byte[] derive(byte[] passphrase, byte[] salt, Argon2Cost cost, int length) {
            Argon2Parameters parameters = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(cost.memoryKib())
                    .withIterations(cost.passes())
                    .withParallelism(cost.lanes())
                    .withSalt(salt)
                    .build();
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(parameters);
            byte[] key = new byte[length];
            generator.generateBytes(passphrase, key);
            return key;
        }
    }
}
