// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Passes stored bytes on to a sink, counting and hashing them. */
final class StoredOutput {
    private final RunSink sink;
    private final MessageDigest digest;
    private long length;

    StoredOutput(RunSink sink) {
        this.sink = sink;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    void write(byte[] bytes) {
        digest.update(bytes, 0, bytes.length);
        sink.write(bytes, 0, bytes.length);
        length += bytes.length;
    }

    long length() {
        return length;
    }

    byte[] sha256() {
        return digest.digest();
    }
}
