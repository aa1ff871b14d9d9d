// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.internal.digest.Sha256;
import io.holdfast.internal.split.JsonCanonical;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Optional;

/** Hashes by which contents and metadata are compared. */
final class Digests {
    private Digests() {}

    /** The hash of the canonical form of a JSON document, or empty if it is none. */
    static Optional<byte[]> json(byte[] document) {
        try {
            MessageDigest digest = Sha256.start();
            new JsonCanonical().update(digest, new ByteArrayInputStream(document));
            return Optional.of(digest.digest());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
