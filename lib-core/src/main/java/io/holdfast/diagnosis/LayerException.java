// SPDX-License-Identifier: Apache-2.0
package io.holdfast.diagnosis;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A probe failed at a layer. */
final class LayerException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Layer layer;

    LayerException(Layer layer, String message, @Nullable Throwable cause) {
        super(Objects.requireNonNull(message).lines().findFirst().orElse(""), cause);
        this.layer = layer;
    }

    Layer layer() {
        return layer;
    }
}
