// SPDX-License-Identifier: Apache-2.0
package io.holdfast.source;

import io.holdfast.model.ItemKind;
import java.util.Objects;

/**
 * What a connector can do with one kind of item; reports and the documentation's tables are made from it.
 *
 * @param kind the kind
 * @param backsUp whether it is backed up
 * @param restores whether it can be put back into a source
 * @param mechanism how changes are noticed, in a few words
 * @param lost what cannot be kept, in a sentence; empty if nothing is lost
 */
public record KindCapability(ItemKind kind, boolean backsUp, boolean restores, String mechanism, String lost) {

    /** Checks for null. */
    public KindCapability {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(mechanism, "mechanism");
        Objects.requireNonNull(lost, "lost");
    }
}
