// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.run;

import io.holdfast.internal.digest.Sha256;
import java.security.MessageDigest;

/** Passes stored bytes on to a sink, counting and hashing them. */
final class StoredOutput {
    private final RunSink sink;
    private final MessageDigest digest;
    private long length;

    StoredOutput(RunSink sink) {
        this.sink = sink;
        this.digest = Sha256.start();
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
