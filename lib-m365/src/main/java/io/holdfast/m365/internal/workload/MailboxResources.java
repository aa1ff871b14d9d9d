// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.workload;

import io.holdfast.m365.internal.graph.GraphCall;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.model.ResourceId;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.source.Resource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What users have of a workload that lives in mailboxes, and why not. Safe for use by several threads. */
public final class MailboxResources {
    private final GraphClient graph;
    private final String workload;
    /** What probes told: a discovery that breaks off begins again, and is not to ask thousands of mailboxes once more. */
    private final Map<String, Optional<Resource.NotCovered>> probed = new ConcurrentHashMap<>();

    /**
     * Nothing is known yet.
     *
     * @param graph the client
     * @param workload the workload's name
     */
    public MailboxResources(GraphClient graph, String workload) {
        this.graph = graph;
        this.workload = workload;
    }

    /**
     * The resource that an owner has.
     *
     * @param owner a user of the tenant
     * @param readable whether the application may read the workload, so that a question makes sense
     * @param probe what can be read of every mailbox; asked for only where no licence tells whether there is one
     * @return the resource, covered or not; or empty for users of other tenants, who have none here
     */
    public Optional<Resource> of(Owner owner, boolean readable, GraphCall probe) {
        if (owner.state() == Owner.State.GUEST) {
            return Optional.empty();
        }
        Optional<Resource.NotCovered> lack =
                owner.services().contains("exchange") || !readable ? Optional.empty() : known(owner, probe);
        return Optional.of(new Resource(
                new ResourceId(workload + ":" + owner.id()),
                workload,
                owner.displayName(),
                owner.principalName(),
                lack));
    }

    private Optional<Resource.NotCovered> known(Owner owner, GraphCall probe) {
        Optional<Resource.NotCovered> known = probed.get(owner.id());
        if (known != null) {
            return known;
        }
        Optional<Resource.NotCovered> lack = lackOf(owner, probe);
        probed.put(owner.id(), lack);
        return lack;
    }

    /** A user without a plan may have a mailbox all the same: shared ones and rooms need none. */
    private Optional<Resource.NotCovered> lackOf(Owner owner, GraphCall probe) {
        if (owner.mail().isEmpty()) {
            return Optional.of(new Resource.NotCovered(Resource.Reason.NOT_LICENSED, "no plan with Exchange"));
        }
        try {
            graph.object(probe);
            return Optional.empty();
        } catch (FailureException e) {
            FailureCategory category = e.failure().category();
            if (category == FailureCategory.NOT_AVAILABLE || category == FailureCategory.GONE) {
                return Optional.of(new Resource.NotCovered(
                        Resource.Reason.NOT_LICENSED,
                        "no mailbox: " + e.failure().code()));
            }
            if (category == FailureCategory.PERMISSION_MISSING) {
                return Optional.of(new Resource.NotCovered(
                        Resource.Reason.NOT_REACHABLE,
                        "excluded by a policy of the tenant: " + e.failure().code()));
            }
            throw e;
        }
    }
}
