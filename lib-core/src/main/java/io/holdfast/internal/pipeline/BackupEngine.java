// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.error.SourceException;
import io.holdfast.internal.format.ResourceState;
import io.holdfast.internal.format.SnapshotRecord;
import io.holdfast.internal.pipeline.SessionResult.Outcome;
import io.holdfast.internal.repository.SessionWork;
import io.holdfast.model.ResourceId;
import io.holdfast.observe.SessionEvent;
import io.holdfast.repository.Snapshot;
import io.holdfast.retry.FailureException;
import io.holdfast.source.Observations;
import io.holdfast.source.Resource;
import io.holdfast.source.Source;
import io.holdfast.source.SourceContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one backup session: discovers, brings every selected resource up to date, and commits.
 *
 * <p>Used once, by one thread; {@link StopSwitch} stops it from another.
 */
public final class BackupEngine {
    private static final Logger LOG = LoggerFactory.getLogger(BackupEngine.class);

    private final BackupPlan plan;
    private final SessionWork work;
    private final StopSwitch stop;
    private final EventQueue events;
    private final Map<ResourceId, String> notCaughtUp = new ConcurrentHashMap<>();
    private final Set<ResourceId> visited = ConcurrentHashMap.newKeySet();
    private final List<Resource> discovered = new ArrayList<>();

    /**
     * Prepares a session.
     *
     * @param plan what it is made of
     * @param work its work on the repository, which the caller closes
     * @param stop the wish to stop
     */
    public BackupEngine(BackupPlan plan, SessionWork work, StopSwitch stop) {
        this.plan = plan;
        this.work = work;
        this.stop = stop;
        this.events = new EventQueue(plan.listener(), plan.runtime().background());
    }

    /**
     * Runs the session.
     *
     * @return how it ended; thrown is only what prevents any session
     */
    public SessionResult run() {
        Instant now = plan.runtime().time().now();
        events.tell(new SessionEvent.SessionStarted(plan.connector().id().value(), work.resumed(), now));
        String outcome = "error";
        try (Source source = plan.connector().open(new SourceContext(plan.runtime(), plan.memory(), earlier()))) {
            SessionShared shared = new SessionShared(plan, source, work, events, stop);
            SessionResult result = run(shared);
            outcome = result.outcome().name().toLowerCase(java.util.Locale.ROOT);
            return result;
        } finally {
            events.tell(new SessionEvent.SessionEnded(outcome));
            events.await();
        }
    }

    private Observations earlier() {
        return work.parent()
                .map(SnapshotRecord::observations)
                .map(Observations::of)
                .orElseGet(Observations::none);
    }

    /** What was learned is worth less than a snapshot: a source that cannot say it keeps what it had said before. */
    private void observe(SessionShared shared) {
        try {
            work.observe(shared.source.observations().form());
        } catch (FailureException | SourceException e) {
            LOG.warn(
                    "source '{}' could not say what it learned: {}",
                    plan.connector().id(),
                    e.getMessage());
        }
    }

    private SessionResult run(SessionShared shared) {
        Checkpoints checkpoints = new Checkpoints(shared);
        WorkSlots slots = new WorkSlots(shared, plan.concurrency());
        BoundedTasks visits = new BoundedTasks(plan.runtime(), Math.min(plan.concurrency(), 16), shared::fail);
        try {
            discover(shared);
            for (Resource resource : discovered) {
                if (resource.notCovered().isEmpty() && plan.selected().test(resource)) {
                    shared.proceed();
                    visits.run(() -> visit(shared, resource, slots, checkpoints));
                }
            }
            visits.await();
            shared.proceed();
        } catch (CancellationException e) {
            // The wish may be known to this thread alone, as an interrupt: the others would go on to the end of the
            // source.
            shared.fail(e);
            visits.awaitQuietly();
            slots.awaitQuietly();
            return stopped(shared, checkpoints);
        } catch (RuntimeException | Error e) {
            shared.fail(e);
            visits.awaitQuietly();
            slots.awaitQuietly();
            throw e;
        }
        return commit(shared, checkpoints);
    }

    private void discover(SessionShared shared) {
        try {
            Discovery.run(
                    shared.source,
                    discovered,
                    shared::proceed,
                    attempt -> shared.retrying("discover", () -> {
                        attempt.run();
                        return Boolean.TRUE;
                    }));
        } catch (FailureException e) {
            throw Discovery.impossible(plan.connector().id(), e);
        }
    }

    private void visit(SessionShared shared, Resource resource, WorkSlots slots, Checkpoints checkpoints) {
        ResourceWork resourceWork =
                new ResourceWork(shared, resource, work.table().find(resource.id()));
        checkpoints.register(resourceWork);
        visited.add(resource.id());
        new ResourceRun(shared, resourceWork, slots, checkpoints)
                .run()
                .ifPresent(why -> notCaughtUp.put(resource.id(), why));
        checkpoints.ifDue();
    }

    private SessionResult stopped(SessionShared shared, Checkpoints checkpoints) {
        // The wish to stop may have come as an interrupt, which would cut the checkpoint short as well.
        boolean interrupted = Thread.interrupted();
        try {
            checkpoints.make();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return result(shared, Outcome.STOPPED, Optional.empty());
    }

    private SessionResult commit(SessionShared shared, Checkpoints checkpoints) {
        boolean nothingReached = !visited.isEmpty()
                && notCaughtUp.size() == visited.size()
                && work.parent().isEmpty()
                && shared.counts.handled() == 0;
        if (nothingReached) {
            return result(shared, Outcome.PARTIAL, Optional.empty());
        }
        checkpoints.last();
        carryForward();
        observe(shared);
        ResourceState.OpenCounts open = OpenLedger.counts(work.table());
        Outcome outcome = isComplete(open) ? Outcome.COMPLETE : Outcome.PARTIAL;
        Snapshot snapshot = work.commit(outcome == Outcome.COMPLETE, recordCounts(shared));
        events.tell(
                new SessionEvent.Committed(snapshot.sequence(), snapshot.witness(), snapshot.items(), open.waiting()));
        return result(shared, outcome, Optional.of(snapshot));
    }

    /** What the session did not visit stays as it is, and says since when. */
    private void carryForward() {
        Set<ResourceId> named = new HashSet<>();
        discovered.forEach(resource -> named.add(resource.id()));
        Instant now = plan.runtime().time().now();
        List<ResourceState> changed = new ArrayList<>();
        work.table().forEach(state -> {
            boolean departed = !named.contains(state.id());
            boolean behind =
                    !visited.contains(state.id()) && state.lastCompleted().isEmpty();
            if (departed && state.departedSince().isEmpty() || behind) {
                Optional<Instant> since =
                        departed ? state.departedSince().or(() -> Optional.of(now)) : Optional.empty();
                changed.add(new ResourceState(
                        state.resource(),
                        state.manifest(),
                        state.digest(),
                        state.counts(),
                        state.feeds(),
                        state.ledger(),
                        state.openCounts(),
                        Optional.of(Completion.before(work, state)),
                        since));
            }
        });
        changed.forEach(work.table()::put);
    }

    private boolean isComplete(ResourceState.OpenCounts open) {
        boolean consentMissing = discovered.stream()
                .flatMap(r -> r.notCovered().stream())
                .anyMatch(why -> why.reason() == Resource.Reason.NO_CONSENT);
        return notCaughtUp.isEmpty() && !consentMissing && open.waiting() == 0;
    }

    private Map<String, Long> recordCounts(SessionShared shared) {
        Map<String, Long> counts = new TreeMap<>(shared.counts.byName());
        counts.putAll(work.table().held());
        return counts;
    }

    private SessionResult result(SessionShared shared, Outcome outcome, Optional<Snapshot> snapshot) {
        return new SessionResult(
                outcome,
                snapshot,
                List.copyOf(discovered),
                new TreeMap<>(notCaughtUp),
                shared.counts,
                shared.requests,
                work.volume(),
                OpenLedger.counts(work.table()),
                OpenLedger.first(work, 1000),
                shared.elapsed());
    }
}
