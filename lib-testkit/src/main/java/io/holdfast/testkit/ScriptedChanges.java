// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.retry.FailureCategory;
import io.holdfast.source.Change;
import io.holdfast.source.ChangePage;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A page of a scripted feed, pulled change by change; for one thread. */
final class ScriptedChanges implements ChangePage {
    private final List<Told> told;
    private final End end;
    private final int breaksAt;
    private int at;

    ScriptedChanges(List<Told> told, End end, int breaksAt) {
        this.told = told;
        this.end = end;
        this.breaksAt = breaksAt;
    }

    /** Makes one change when it is pulled. */
    @FunctionalInterface
    interface Told extends Supplier<Change> {}

    @Override
    public @Nullable Change next() {
        if (at == breaksAt) {
            throw ScriptedSession.failure(FailureCategory.PATH_LOSS, "a page");
        }
        return at < told.size() ? told.get(at++).get() : null;
    }

    @Override
    public End end() {
        if (at < told.size()) {
            throw new IllegalStateException(told.size() - at + " changes are left");
        }
        return end;
    }

    @Override
    public void close() {
        // nothing is held
    }
}
