// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.internal.split.JsonCanonical;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/** Hashes by which contents and metadata are compared. */
final class Digests {
    /** Never fed, only copied: asking the providers takes longer than hashing a small item does. */
    private static final MessageDigest BLANK = fresh();

    private Digests() {}

    static MessageDigest sha256() {
        try {
            return (MessageDigest) BLANK.clone();
        } catch (CloneNotSupportedException e) {
            return fresh();
        }
    }

    private static MessageDigest fresh() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static byte[] sha256(byte[] bytes) {
        return sha256().digest(bytes);
    }

    /** The hash of the canonical form of a JSON document, or empty if it is none. */
    static Optional<byte[]> json(byte[] document) {
        try {
            MessageDigest digest = sha256();
            new JsonCanonical().update(digest, new ByteArrayInputStream(document));
            return Optional.of(digest.digest());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
