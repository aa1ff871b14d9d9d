// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import java.util.Optional;

/** What the blobs of a frame are; blobs of different kinds never share a frame (FORMAT.md, Packs). */
public enum FrameKind {
    /** Bytes of items. */
    CONTENT(1),
    /** What describes items. */
    METADATA(2);

    private final int code;

    FrameKind(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static Optional<FrameKind> of(int code) {
        for (FrameKind kind : values()) {
            if (kind.code == code) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
