// SPDX-License-Identifier: Apache-2.0
package io.holdfast.identity;

import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What an application proves itself with. Immutable, printed without anything secret. Two are equal if the identity service would see no
 * difference: that is how a rotated one is told from one that was refused.
 */
public sealed interface Credential {

    /**
     * When it ends, if that is known; told ahead.
     *
     * @return the end of its validity
     */
    Optional<Instant> expires();

    /**
     * A shared secret.
     *
     * @param secret the secret; copied
     * @param expires when it ends, if that is known
     * @return the credential
     */
    static Credential secret(char[] secret, Optional<Instant> expires) {
        return new Secret(secret, expires);
    }

    /**
     * A certificate and its private key.
     *
     * @param key the private key, or a handle of one in a hardware module
     * @param chain the certificate first, then who signed it
     * @return the credential; it ends with its certificate
     */
    static Credential certificate(PrivateKey key, List<X509Certificate> chain) {
        return new Certificate(key, chain);
    }

    /**
     * An assertion of somebody whom the identity service trusts, such as the platform that the process runs on.
     *
     * @param assertion gives a fresh one for each request
     * @return the credential
     */
    static Credential assertion(Supplier<String> assertion) {
        return new Assertion(assertion);
    }

    /** See {@link Credential#secret}. */
    final class Secret implements Credential {
        private final char[] secret;
        private final Optional<Instant> expires;

        private Secret(char[] secret, Optional<Instant> expires) {
            if (secret.length == 0) {
                throw new IllegalArgumentException(
                        "the secret is empty; give the value that the identity service showed");
            }
            this.secret = secret.clone();
            this.expires = Objects.requireNonNull(expires, "expires");
        }

        /**
         * The secret.
         *
         * @return a copy, to be overwritten after use
         */
        public char[] secret() {
            return secret.clone();
        }

        @Override
        public Optional<Instant> expires() {
            return expires;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Secret that && MessageDigest.isEqual(bytes(secret), bytes(that.secret));
        }

        private static byte[] bytes(char[] chars) {
            byte[] bytes = new byte[chars.length * 2];
            for (int i = 0; i < chars.length; i++) {
                bytes[2 * i] = (byte) (chars[i] >> 8);
                bytes[2 * i + 1] = (byte) chars[i];
            }
            return bytes;
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(secret);
        }

        @Override
        public String toString() {
            return "secret";
        }
    }

    /** See {@link Credential#certificate}. */
    final class Certificate implements Credential {
        private final PrivateKey key;
        private final List<X509Certificate> chain;

        private Certificate(PrivateKey key, List<X509Certificate> chain) {
            this.key = Objects.requireNonNull(key, "key");
            this.chain = List.copyOf(chain);
            if (chain.isEmpty()) {
                throw new IllegalArgumentException(
                        "the chain has no certificate; give the one that belongs to the key first");
            }
        }

        /**
         * The private key.
         *
         * @return the key or its handle
         */
        public PrivateKey key() {
            return key;
        }

        /**
         * The certificate and who signed it.
         *
         * @return at least the certificate of the key, which is the first
         */
        public List<X509Certificate> chain() {
            return chain;
        }

        @Override
        public Optional<Instant> expires() {
            return Optional.of(chain.get(0).getNotAfter().toInstant());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Certificate that && chain.equals(that.chain);
        }

        @Override
        public int hashCode() {
            return chain.hashCode();
        }

        @Override
        public String toString() {
            return "certificate " + chain.get(0).getSerialNumber().toString(16);
        }
    }

    /** See {@link Credential#assertion}; equal to itself only. */
    final class Assertion implements Credential {
        private final Supplier<String> supplier;

        private Assertion(Supplier<String> supplier) {
            this.supplier = Objects.requireNonNull(supplier, "assertion");
        }

        /**
         * A fresh assertion.
         *
         * @return for one request
         */
        public String assertion() {
            return supplier.get();
        }

        @Override
        public Optional<Instant> expires() {
            return Optional.empty();
        }

        @Override
        public String toString() {
            return "assertion";
        }
    }
}
