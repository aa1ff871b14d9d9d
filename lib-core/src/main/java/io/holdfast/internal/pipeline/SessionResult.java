// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.internal.format.ResourceState;
import io.holdfast.internal.repository.SessionWork;
import io.holdfast.model.ResourceId;
import io.holdfast.repository.OpenFailure;
import io.holdfast.repository.Snapshot;
import io.holdfast.source.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a backup session ended.
 *
 * @param outcome in one word
 * @param snapshot what was committed, if anything was
 * @param discovered the resources in scope
 * @param notCaughtUp the resources that could not be brought up to date, and why
 * @param counts what became of the items
 * @param requests calls to the source
 * @param volume what was stored
 * @param open the open ledger after the session, over all resources
 * @param failures the first open ledger entries, at most 1000
 * @param duration how long it took
 */
public record SessionResult(
        Outcome outcome,
        Optional<Snapshot> snapshot,
        List<Resource> discovered,
        Map<ResourceId, String> notCaughtUp,
        SessionCounts counts,
        RequestCounts requests,
        SessionWork.Volume volume,
        ResourceState.OpenCounts open,
        List<OpenFailure> failures,
        Duration duration) {

    /** How a session ended. */
    public enum Outcome {
        /** Everything in scope is stored whole. */
        COMPLETE,
        /** Something is missing; the ledger or the list of resources says what. */
        PARTIAL,
        /** It was asked to stop and did so at a checkpoint. */
        STOPPED
    }
}
