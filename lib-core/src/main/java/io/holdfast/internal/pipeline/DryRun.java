// SPDX-License-Identifier: Apache-2.0
package io.holdfast.internal.pipeline;

import io.holdfast.error.SourceException;
import io.holdfast.model.ResourceId;
import io.holdfast.pacing.PlannedWork;
import io.holdfast.retry.FailureException;
import io.holdfast.retry.Retrier;
import io.holdfast.retry.RetryPolicy;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.source.Resource;
import io.holdfast.source.ResourcePast;
import io.holdfast.source.Source;
import io.holdfast.source.SourceConnector;
import io.holdfast.source.SourceContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a session would send, without sending it.
 *
 * @param planned the selected resources whose source can tell
 * @param unknown the selected resources whose source cannot
 * @param work what the planned ones take
 */
public record DryRun(List<ResourceId> planned, List<ResourceId> unknown, List<PlannedWork> work) {

    /** Copies the lists. */
    public DryRun {
        planned = List.copyOf(planned);
        unknown = List.copyOf(unknown);
        work = List.copyOf(work);
    }

    /**
     * Lists the resources of a source and has it plan.
     *
     * @param connector the source
     * @param selected which resources the session would visit
     * @param policy how failed operations are tried again
     * @param runtime time, randomness and memory
     * @param past what is stored already
     * @return what the session would send
     * @throws SourceException if the source cannot be asked
     */
    public static DryRun of(
            SourceConnector connector,
            Predicate<Resource> selected,
            RetryPolicy policy,
            HoldfastRuntime runtime,
            Map<ResourceId, ResourcePast> past) {
        Retrier retrier = new Retrier(policy, runtime.time(), runtime.randomness());
        try (Source source = new GuardedSource(connector.open(new SourceContext(runtime, runtime.memory())))) {
            List<Resource> found = new ArrayList<>();
            Discovery.run(
                    source,
                    found,
                    () -> {},
                    attempt -> retrier.call(() -> {
                        attempt.run();
                        return Boolean.TRUE;
                    }));
            return plan(source, found, selected, past);
        } catch (FailureException e) {
            throw Discovery.impossible(connector.id(), e);
        }
    }

    private static DryRun plan(
            Source source, List<Resource> found, Predicate<Resource> selected, Map<ResourceId, ResourcePast> past) {
        List<ResourceId> planned = new ArrayList<>();
        List<ResourceId> unknown = new ArrayList<>();
        List<PlannedWork> work = new ArrayList<>();
        for (Resource resource : found) {
            if (resource.notCovered().isEmpty() && selected.test(resource)) {
                List<PlannedWork> plan = source.plan(resource, Optional.ofNullable(past.get(resource.id())));
                (plan.isEmpty() ? unknown : planned).add(resource.id());
                work.addAll(plan);
            }
        }
        return new DryRun(planned, unknown, work);
    }
}
