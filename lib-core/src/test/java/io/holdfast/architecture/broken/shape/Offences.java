// SPDX-License-Identifier: Apache-2.0
package io.holdfast.architecture.broken.shape;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.HoldfastException;

/** One offence in each nested class. */
final class Offences {
    private Offences() {}

    record PathHelper() {}

    record HTTPUtil() {}

    record SnapshotData() {}

    record DataKey() {}

    record Information() {}

    static class OpenToAll {}

    static final class Forgetful {
        private static int count;

        static int next() {
            return ++count;
        }
    }

    static class LooseException extends HoldfastException {
        private static final long serialVersionUID = 1L;

        LooseException() {
            super(ErrorCode.STORE_FULL, "full", "Make room", null);
        }
    }

    static final class UncodedException extends LooseException {
        private static final long serialVersionUID = 1L;
    }

    static final class StrangerException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static com.github.luben.zstd.ZstdCompressCtx compressor() {
        return new com.github.luben.zstd.ZstdCompressCtx();
    }
}
