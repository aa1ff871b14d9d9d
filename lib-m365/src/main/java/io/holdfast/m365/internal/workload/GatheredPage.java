// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.workload;

import io.holdfast.source.Change;
import io.holdfast.source.ChangePage;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page whose changes are there already. */
public final class GatheredPage implements ChangePage {
    private final Iterator<Change> changes;
    private final End end;

    /**
     * A page.
     *
     * @param changes its changes
     * @param end how it ends
     */
    public GatheredPage(List<Change> changes, End end) {
        this.changes = List.copyOf(changes).iterator();
        this.end = end;
    }

    @Override
    public @Nullable Change next() {
        return changes.hasNext() ? changes.next() : null;
    }

    @Override
    public End end() {
        if (changes.hasNext()) {
            throw new IllegalStateException("the page has changes left");
        }
        return end;
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
