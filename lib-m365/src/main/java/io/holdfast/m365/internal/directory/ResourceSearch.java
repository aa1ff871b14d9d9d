// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.m365.internal.graph.GraphCall;
import io.holdfast.m365.internal.graph.GraphList;
import io.holdfast.m365.internal.graph.GraphPage;
import io.holdfast.m365.internal.workload.Owner;
import io.holdfast.m365.internal.workload.TenantWorkload;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.source.Pull;
import io.holdfast.source.Resource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Resources as they are found: those of the tenant first, then each user's, and then those of which it is known late whose they are. */
final class ResourceSearch implements Pull<Resource> {
    private final Directory directory;
    private final TokenRoles roles;
    private final List<TenantWorkload> workloads;
    private final ArrayDeque<TenantWorkload> unlisted;
    private final ArrayDeque<TenantWorkload> unfinished;
    private final ArrayDeque<Resource> found = new ArrayDeque<>();
    private @Nullable Pull<Resource> listing;
    private final GraphList<Owner> users;
    private int looked;
    private final ArrayDeque<Bystanders.Kind> unasked = new ArrayDeque<>(List.of(Bystanders.Kind.values()));
    private @Nullable GraphCall nextBystanders;

    ResourceSearch(Directory directory, TokenRoles roles, List<TenantWorkload> workloads) {
        this.directory = directory;
        this.roles = roles;
        this.workloads = workloads;
        this.unlisted = new ArrayDeque<>(workloads);
        this.unfinished = new ArrayDeque<>(workloads);
        this.users = directory.users();
    }

    @Override
    public @Nullable Resource next() {
        Resource ofNobody = next(unlisted, TenantWorkload::ofTenant);
        if (ofNobody != null) {
            return ofNobody;
        }
        while (found.isEmpty()) {
            Owner owner = users.get(looked);
            if (owner == null) {
                break;
            }
            look(owner);
            looked++;
        }
        if (found.isEmpty()) {
            Resource ofOwners = next(unfinished, TenantWorkload::afterOwners);
            if (ofOwners != null) {
                return ofOwners;
            }
        }
        while (found.isEmpty() && !unasked.isEmpty()) {
            readBystanders(unasked.element());
        }
        if (found.isEmpty()) {
            directory.forgetUsers();
        }
        return found.poll();
    }

    /** One page of those that no workload covers; a service that does not tell of them now keeps nothing from being backed up. */
    private void readBystanders(Bystanders.Kind kind) {
        Optional<String> lack = kind.lack(roles);
        if (lack.isPresent()) {
            found.add(kind.refused("the application lacks " + lack.get()));
            unasked.remove();
            return;
        }
        GraphCall call = nextBystanders == null ? kind.first() : nextBystanders;
        try (GraphPage page = directory.graph().page(call)) {
            for (ObjectNode one = page.next(); one != null; one = page.next()) {
                found.add(kind.resource(one));
            }
            nextBystanders = page.next(call).orElse(null);
        } catch (FailureException e) {
            if (e.failure().category() == FailureCategory.CREDENTIAL_REJECTED) {
                throw e;
            }
            found.add(kind.refused(e.failure().code()));
            nextBystanders = null;
        }
        if (nextBystanders == null) {
            unasked.remove();
        }
    }

    /** The next of what workloads list for themselves, one workload after the other. */
    private @Nullable Resource next(ArrayDeque<TenantWorkload> left, Function<TenantWorkload, Pull<Resource>> list) {
        while (true) {
            if (listing == null) {
                TenantWorkload workload = left.poll();
                if (workload == null) {
                    return null;
                }
                if (!roles.missing(workload.permissions()).isEmpty()) {
                    continue;
                }
                listing = list.apply(workload);
            }
            Resource next = listing.next();
            if (next != null) {
                return next;
            }
            listing.close();
            listing = null;
        }
    }

    /** What one user has; told before the next one is looked at, so that an attempt that breaks off has come further than the one before. */
    private void look(Owner owner) {
        if (owner.state() == Owner.State.GUEST) {
            found.add(Bystanders.guest(owner));
        }
        for (TenantWorkload workload : workloads) {
            List<String> missing = roles.missing(workload.permissions());
            workload.ofOwner(owner, missing.isEmpty())
                    .map(resource -> checked(resource, missing))
                    .ifPresent(found::add);
        }
    }

    /** Without a permission nothing can be read, whatever else is true. */
    private static Resource checked(Resource resource, List<String> missing) {
        if (missing.isEmpty() || resource.notCovered().isPresent()) {
            return resource;
        }
        return new Resource(
                resource.id(),
                resource.workload(),
                resource.displayName(),
                resource.owner(),
                Optional.of(new Resource.NotCovered(
                        Resource.Reason.NO_CONSENT,
                        "the application lacks " + String.join(", ", missing)
                                + ": grant it and let an administrator consent")));
    }

    @Override
    public void close() {
        if (listing != null) {
            listing.close();
        }
    }
}
