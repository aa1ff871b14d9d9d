// SPDX-License-Identifier: Apache-2.0
package io.holdfast.exchange;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The hash of a response's content that the service announces with it: {@code Content-Digest} (RFC 9530) or {@code Content-MD5}. For one thread. */
final class BodyDigest {
    private static final Pattern SHA_256 = Pattern.compile("(?i)\\bsha-256=:([A-Za-z0-9+/=]{44}):");
    private static final Pattern MD5 = Pattern.compile("[A-Za-z0-9+/=]{24}");

    private final MessageDigest digest;
    private final byte[] announced;

    private BodyDigest(String algorithm, byte[] announced) throws NoSuchAlgorithmException {
        this.digest = MessageDigest.getInstance(algorithm);
        this.announced = announced;
    }

    static Optional<BodyDigest> of(HttpFields fields) {
        try {
            Matcher sha = SHA_256.matcher(fields.joined("content-digest").orElse(""));
            if (sha.find()) {
                return Optional.of(new BodyDigest("SHA-256", Base64.getDecoder().decode(sha.group(1))));
            }
            String md5 = fields.first("content-md5").orElse("").trim();
            return MD5.matcher(md5).matches()
                    ? Optional.of(new BodyDigest("MD5", Base64.getDecoder().decode(md5)))
                    : Optional.empty();
        } catch (NoSuchAlgorithmException | IllegalArgumentException e) {
            // What this JVM cannot compute, or nobody could have meant, is not compared; the source's own hash is.
            return Optional.empty();
        }
    }

    void add(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
    }

    boolean isRight() {
        return Arrays.equals(digest.digest(), announced);
    }
}
