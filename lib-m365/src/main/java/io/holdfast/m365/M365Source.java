// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365;

import io.holdfast.m365.internal.directory.Directory;
import io.holdfast.m365.internal.workload.TenantWorkload;
import io.holdfast.model.ItemRef;
import io.holdfast.model.ResourceId;
import io.holdfast.pacing.PlannedWork;
import io.holdfast.services.ServiceMemory;
import io.holdfast.source.ChangePage;
import io.holdfast.source.Cursor;
import io.holdfast.source.Feed;
import io.holdfast.source.Fetched;
import io.holdfast.source.KindCapability;
import io.holdfast.source.Lookup;
import io.holdfast.source.Observations;
import io.holdfast.source.Pull;
import io.holdfast.source.Renderer;
import io.holdfast.source.Resource;
import io.holdfast.source.ResourcePast;
import io.holdfast.source.RestoreSettings;
import io.holdfast.source.RestoreTarget;
import io.holdfast.source.Source;
import io.holdfast.source.TimeRange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A tenant for one session: hands each call to the workload whose resource it is about. */
final class M365Source implements Source {
    /** Enough for a page of whole messages; more would be read for nothing when a page breaks. */
    private static final int FETCH_BATCH = 40;

    private final Directory directory;
    private final Map<String, TenantWorkload> workloads = new LinkedHashMap<>();
    private final int auditRuns;
    private final ServiceMemory memory;

    M365Source(Directory directory, List<TenantWorkload> workloads, int auditRuns, ServiceMemory memory) {
        this.directory = directory;
        this.auditRuns = auditRuns;
        workloads.forEach(each -> this.workloads.put(each.name(), each));
        this.memory = memory;
    }

    @Override
    public Pull<Resource> discover() {
        return directory.resources(List.copyOf(workloads.values()));
    }

    @Override
    public List<Feed> feeds(Resource resource) {
        return workload(resource.id()).feeds(resource);
    }

    @Override
    public ChangePage changes(Resource resource, Feed feed, Optional<Cursor> from) {
        return workload(resource.id()).changes(resource, feed, from);
    }

    @Override
    public int auditRuns() {
        return auditRuns;
    }

    @Override
    public Listing listing(Resource resource, Feed feed) {
        return workload(resource.id()).listing(feed);
    }

    @Override
    public ChangePage list(Resource resource, Feed feed, TimeRange modified, Optional<Cursor> from) {
        return workload(resource.id()).list(resource, feed, modified, from);
    }

    @Override
    public List<Lookup> lookup(ResourceId resource, List<ItemRef> items) {
        return workload(resource).lookup(resource, items);
    }

    @Override
    public int maxLookupBatch() {
        return 20;
    }

    @Override
    public Pull<Fetched> fetch(ResourceId resource, List<ItemRef> items) {
        return workload(resource).fetch(resource, items);
    }

    @Override
    public int maxFetchBatch() {
        return FETCH_BATCH;
    }

    @Override
    public int fetchBatch(ResourceId resource) {
        return Math.min(FETCH_BATCH, workload(resource).fetchBatch());
    }

    @Override
    public List<KindCapability> kinds() {
        return workloads.values().stream()
                .flatMap(each -> each.kinds().stream())
                .toList();
    }

    @Override
    public List<Renderer> renderers() {
        return workloads.values().stream()
                .flatMap(each -> each.renderers().stream())
                .toList();
    }

    @Override
    public Optional<RestoreTarget> restoreTarget(RestoreSettings settings) {
        RestoreSettings resolved = new RestoreSettings(
                settings.restoreId(),
                settings.intoFolder(),
                settings.toOwner().map(directory::idOf),
                settings.conflict(),
                settings.permissions());
        return Optional.of(new M365Target(workloads, resolved));
    }

    @Override
    public List<PlannedWork> plan(Resource resource, Optional<ResourcePast> past) {
        return workload(resource.id()).plan(resource, past);
    }

    @Override
    public Observations observations() {
        return memory.observations();
    }

    private TenantWorkload workload(ResourceId resource) {
        TenantWorkload workload = workloads.get(nameOf(resource));
        if (workload == null) {
            throw new IllegalArgumentException("resource " + resource + " is of no workload of this source");
        }
        return workload;
    }

    /** The name of a resource's workload: what stands before the colon. */
    static String nameOf(ResourceId resource) {
        String value = resource.value();
        return value.substring(0, Math.max(0, value.indexOf(':')));
    }

    @Override
    public void close() {
        // What is shared stays with the runtime.
    }
}
