// SPDX-License-Identifier: Apache-2.0
package io.holdfast;

import io.holdfast.error.ErrorCode;
import io.holdfast.error.SourceException;
import io.holdfast.model.ResourceId;
import io.holdfast.pacing.PlannedWork;
import io.holdfast.repository.ResourceSummary;
import io.holdfast.retry.FailureException;
import io.holdfast.retry.Retrier;
import io.holdfast.retry.RetryPolicy;
import io.holdfast.runtime.HoldfastRuntime;
import io.holdfast.services.Services;
import io.holdfast.source.Pull;
import io.holdfast.source.Resource;
import io.holdfast.source.ResourcePast;
import io.holdfast.source.Source;
import io.holdfast.source.SourceConnector;
import io.holdfast.source.SourceContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks a source what a session would send, without sending it. */
record DryRun(SourceConnector connector, Selection selection, RetryPolicy policy, HoldfastRuntime on, int parallelism) {

    SessionForecast over(Repository repository) {
        Map<ResourceId, ResourcePast> past = new HashMap<>();
        repository
                .latest(connector.id())
                .ifPresent(snapshot -> repository.resources(snapshot).forEach(each -> past.put(each.id(), past(each))));
        try (Source source = connector.open(new SourceContext(on, on.memory()))) {
            List<ResourceId> planned = new ArrayList<>();
            List<ResourceId> unknown = new ArrayList<>();
            List<PlannedWork> work = new ArrayList<>();
            for (Resource resource : discover(source)) {
                List<PlannedWork> plan = source.plan(resource, Optional.ofNullable(past.get(resource.id())));
                (plan.isEmpty() ? unknown : planned).add(resource.id());
                work.addAll(plan);
            }
            return new SessionForecast(planned, unknown, Services.of(on).pacer().forecast(work, parallelism));
        } catch (FailureException e) {
            throw new SourceException(
                    ErrorCode.SOURCE_UNAVAILABLE,
                    "the resources of source '" + connector.id() + "' could not be listed: "
                            + e.failure().category() + ", " + e.getMessage(),
                    "Ask again later",
                    e);
        }
    }

    private static ResourcePast past(ResourceSummary summary) {
        return new ResourcePast(summary.items(), summary.bytes());
    }

    private List<Resource> discover(Source source) {
        return new Retrier(policy, on.time(), on.randomness()).call(() -> {
            List<Resource> found = new ArrayList<>();
            try (Pull<Resource> resources = source.discover()) {
                for (Resource each = resources.next(); each != null; each = resources.next()) {
                    if (each.notCovered().isEmpty() && selection.covers(each)) {
                        found.add(each);
                    }
                }
            }
            return found;
        });
    }
}
