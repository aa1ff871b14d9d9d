// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.workload;

import io.holdfast.model.ItemRef;
import io.holdfast.model.ResourceId;
import io.holdfast.pacing.PlannedWork;
import io.holdfast.source.ChangePage;
import io.holdfast.source.Cursor;
import io.holdfast.source.Feed;
import io.holdfast.source.Fetched;
import io.holdfast.source.KindCapability;
import io.holdfast.source.Lookup;
import io.holdfast.source.Pull;
import io.holdfast.source.Renderer;
import io.holdfast.source.Resource;
import io.holdfast.source.ResourcePast;
import io.holdfast.source.RestoreSettings;
import io.holdfast.source.RestoreTarget;
import io.holdfast.source.Source;
import io.holdfast.source.TimeRange;
import java.util.List;
import java.util.Optional;

/**
 * One kind of a tenant's resources. The rules are those of {@link io.holdfast.source.Source}, for the resources of this workload alone; one object for
 * one session, safe for use by several threads.
 */
public interface TenantWorkload {

    /**
     * The workload's name, which is also what its resource ids begin with, before a colon.
     *
     * @return lower case, such as {@code mail}
     */
    String name();

    /**
     * The application permissions without which nothing of this workload can be read; any of one group will do.
     *
     * @return groups of names such as {@code Mail.Read}
     */
    List<List<String>> permissions();

    /**
     * The resource that an owner has in this workload.
     *
     * @param owner a user of the tenant
     * @param readable whether the application may read this workload, so that a question to the service makes sense
     * @return its resource, covered or not; or empty if this workload's resources do not belong to users, or no report of it makes sense
     */
    Optional<Resource> ofOwner(Owner owner, boolean readable);

    /**
     * Resources that belong to no user, such as the libraries of sites.
     *
     * @return the resources; nothing by default
     */
    default Pull<Resource> ofTenant() {
        return Pull.of(List.of());
    }

    /**
     * Resources of owners about whom {@link #ofOwner} could not yet say anything; asked for when all owners were named.
     *
     * @return the resources; nothing by default
     */
    default Pull<Resource> afterOwners() {
        return Pull.of(List.of());
    }

    /**
     * See {@link io.holdfast.source.Source#feeds}.
     *
     * @param resource the resource
     * @return its feeds
     */
    List<Feed> feeds(Resource resource);

    /**
     * See {@link io.holdfast.source.Source#changes}.
     *
     * @param resource the resource
     * @param feed one of its feeds
     * @param from where to go on
     * @return the page
     */
    ChangePage changes(Resource resource, Feed feed, Optional<Cursor> from);

    /**
     * See {@link io.holdfast.source.Source#listing}.
     *
     * @param feed a feed of a resource of this workload
     * @return how it is listed; by default not at all, which is right for feeds that list everything each time
     */
    default Source.Listing listing(Feed feed) {
        return Source.Listing.NONE;
    }

    /**
     * See {@link io.holdfast.source.Source#list}.
     *
     * @param resource the resource
     * @param feed one of its feeds
     * @param modified which items
     * @param from where to go on
     * @return the page
     */
    default ChangePage list(Resource resource, Feed feed, TimeRange modified, Optional<Cursor> from) {
        return changes(resource, feed, from);
    }

    /**
     * See {@link io.holdfast.source.Source#lookup}.
     *
     * @param resource the resource
     * @param items the items
     * @return an answer for each
     */
    List<Lookup> lookup(ResourceId resource, List<ItemRef> items);

    /**
     * See {@link io.holdfast.source.Source#fetch}.
     *
     * @param resource the resource
     * @param items the items
     * @return an outcome for each
     */
    Pull<Fetched> fetch(ResourceId resource, List<ItemRef> items);

    /**
     * See {@link io.holdfast.source.Source#fetchBatch}.
     *
     * @return how many items of a resource one fetch should ask for; as many as the source can by default
     */
    default int fetchBatch() {
        return Integer.MAX_VALUE;
    }

    /**
     * See {@link io.holdfast.source.Source#kinds}.
     *
     * @return the capabilities of this workload's kinds
     */
    List<KindCapability> kinds();

    /**
     * See {@link io.holdfast.source.Source#renderers}.
     *
     * @return the renderers of this workload's kinds
     */
    default List<Renderer> renderers() {
        return List.of();
    }

    /**
     * See {@link io.holdfast.source.Source#restoreTarget}.
     *
     * @param settings where to; the owner, where one is given, is the id of a user of this tenant
     * @return the target for items of this workload, or empty if it takes nothing back
     */
    Optional<RestoreTarget> restoreTarget(RestoreSettings settings);

    /**
     * See {@link io.holdfast.source.Source#plan}.
     *
     * @param resource the resource
     * @param past what is stored of it
     * @return the requests
     */
    default List<PlannedWork> plan(Resource resource, Optional<ResourcePast> past) {
        return List.of();
    }
}
