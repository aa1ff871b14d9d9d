// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.split;

import java.security.MessageDigest;

/** Hashes and counts what arrives; after {@link #digest} it is ready for the next body. */
final class DigestStage implements BodyStage {
    private final MessageDigest digest;
    /** Text arrives line by line; a digest is fast with kilobytes only. */
    private final byte[] buffer = new byte[4 << 10];

    private int buffered;
    private long length;

    DigestStage(MessageDigest digest) {
        this.digest = digest;
    }

    @Override
    public void write(byte[] b, int off, int len) {
        length += len;
        if (len > buffer.length - buffered) {
            flush();
        }
        if (len > buffer.length) {
            digest.update(b, off, len);
        } else {
            System.arraycopy(b, off, buffer, buffered, len);
            buffered += len;
        }
    }

    @Override
    public void end(boolean byDelimiter) {
        flush();
    }

    private void flush() {
        digest.update(buffer, 0, buffered);
        buffered = 0;
    }

    long length() {
        return length;
    }

    /** The hash of the body that has ended. */
    byte[] digest() {
        length = 0;
        return digest.digest();
    }
}
