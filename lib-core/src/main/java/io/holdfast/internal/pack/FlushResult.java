// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pack;

import io.holdfast.internal.format.PackRef;
import io.holdfast.internal.format.RunRef;
import java.util.List;

/**
 * What is durable since the last flush.
 *
 * @param packs the packs that were written since then, this flush's included, in the order in which they were filled
 * @param annexes where each annex of this flush stands, in the order in which they were given
 */
public record FlushResult(List<PackRef> packs, List<RunRef> annexes) {

    /** Copies the lists. */
    public FlushResult {
        packs = List.copyOf(packs);
        annexes = List.copyOf(annexes);
    }
}
