// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.drive;

import io.holdfast.m365.internal.graph.GraphCall;
import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.workload.GatheredPage;
import io.holdfast.m365.internal.workload.Owner;
import io.holdfast.m365.internal.workload.TenantWorkload;
import io.holdfast.model.FeedId;
import io.holdfast.model.ItemRef;
import io.holdfast.model.ResourceId;
import io.holdfast.pacing.PlannedWork;
import io.holdfast.retry.FailureCategory;
import io.holdfast.retry.FailureException;
import io.holdfast.runtime.MemoryBudget;
import io.holdfast.source.ChangePage;
import io.holdfast.source.Cursor;
import io.holdfast.source.Feed;
import io.holdfast.source.Fetched;
import io.holdfast.source.KindCapability;
import io.holdfast.source.Lookup;
import io.holdfast.source.Pull;
import io.holdfast.source.Resource;
import io.holdfast.source.ResourcePast;
import io.holdfast.source.RestoreSettings;
import io.holdfast.source.RestoreTarget;
import io.holdfast.source.Source;
import io.holdfast.source.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Drives as a workload: OneDrive or the document libraries of sites, which differ in who they belong to and in nothing else.
 *
 * <p>One feed for each drive. A removal there is final: a drive's delta names what moved at its new place.
 */
public final class DriveWorkload implements TenantWorkload {
    private static final FeedId FEED = new FeedId("drive");
    /** Reported from the field: tokens of drives die after about a month. */
    private static final Duration CURSOR_LIFE = Duration.ofDays(30);

    private final DriveDirectory directory;
    private final GraphClient graph;
    private final Sites sites;
    private final DriveOptions options;
    private final MemoryBudget memory;
    private final DriveReader reader;
    private final FileParts parts;
    private final DriveListings listings = new DriveListings();
    private final Feed feed;

    private DriveWorkload(
            DriveDirectory directory, GraphClient graph, Sites sites, DriveOptions options, MemoryBudget memory) {
        this.directory = directory;
        this.graph = graph;
        this.sites = sites;
        this.options = options;
        this.memory = memory;
        this.reader = new DriveReader(graph, options.permissions());
        this.parts = new FileParts(graph, reader, options.versions());
        String meaning = options.permissions() ? "drive-1 sharing" : "drive-1";
        this.feed = new Feed(FEED, Feed.Kind.INCREMENTAL, meaning, true, CURSOR_LIFE);
    }

    /**
     * The OneDrive of each user.
     *
     * @param graph the client
     * @param sites the tenant's sites, shared with the other kind of drives
     * @param options what is backed up beside files and folders
     * @param memory where the buffers of uploads are taken from
     * @return the workload {@code onedrive}
     */
    public static DriveWorkload personal(GraphClient graph, Sites sites, DriveOptions options, MemoryBudget memory) {
        return new DriveWorkload(new PersonalDrives(sites), graph, sites, options, memory);
    }

    /**
     * The document libraries of sites.
     *
     * @param graph the client
     * @param sites the tenant's sites, shared with the other kind of drives
     * @param options what is backed up beside files and folders
     * @param memory where the buffers of uploads are taken from
     * @return the workload {@code sharepoint}
     */
    public static DriveWorkload libraries(GraphClient graph, Sites sites, DriveOptions options, MemoryBudget memory) {
        return new DriveWorkload(new SiteLibraries(sites), graph, sites, options, memory);
    }

    @Override
    public String name() {
        return directory.name();
    }

    @Override
    public List<List<String>> permissions() {
        return List.of(directory.permissions());
    }

    @Override
    public Optional<Resource> ofOwner(Owner owner, boolean readable) {
        return directory.ofOwner(owner, readable);
    }

    @Override
    public Pull<Resource> ofTenant() {
        return directory.ofTenant();
    }

    @Override
    public Pull<Resource> afterOwners() {
        return directory.afterOwners();
    }

    @Override
    public List<Feed> feeds(Resource resource) {
        return List.of(feed);
    }

    static DriveCalls drive(ResourceId resource) {
        String id = resource.value();
        return new DriveCalls(id.substring(id.indexOf(':') + 1));
    }

    @Override
    public ChangePage changes(Resource resource, Feed of, Optional<Cursor> from) {
        DriveCalls drive = drive(resource.id());
        Optional<DrivePlace> place = from.map(cursor -> DrivePlace.of(cursor.value()));
        GraphCall first = drive.delta(options.permissions(), place.isEmpty());
        try {
            String root = place.map(DrivePlace::root).orElseGet(() -> reader.root(drive));
            reader.remember(drive, root);
            DrivePlace at = place.orElseGet(() -> new DrivePlace(root, true, first.target()));
            return new DrivePage(
                    graph, graph.page(first.to(at.link())), of, new DrivePage.Of(drive, reader, listings, at));
        } catch (FailureException e) {
            if (from.isPresent() && e.failure().category() == FailureCategory.CURSOR_INVALID) {
                // All shapes mean the same to a backup: tell everything, and what is not told was removed.
                return new GatheredPage(List.of(), new ChangePage.Reset());
            }
            throw e;
        }
    }

    @Override
    public Source.Listing listing(Feed of) {
        return Source.Listing.WHOLE;
    }

    @Override
    public List<Lookup> lookup(ResourceId resource, List<ItemRef> items) {
        DriveCalls drive = drive(resource);
        List<Lookup> answers = new ArrayList<>(items.size());
        for (ItemRef ref : items) {
            answers.add(lookup(drive, ref));
        }
        return answers;
    }

    private Lookup lookup(DriveCalls drive, ItemRef ref) {
        try {
            Optional<DriveEntry> entry = reader.find(drive, ref.key().value());
            return entry.isPresent()
                    ? new Lookup.Present(entry.get().item(reader.root(drive)), FEED)
                    : new Lookup.Absent(ref.key());
        } catch (FailureException e) {
            if (e.failure().category().isWorthRepeating()) {
                throw e;
            }
            String cause =
                    e.failure().category() == FailureCategory.PERMISSION_MISSING ? "permission-denied" : "refused";
            return new Lookup.Unknown(ref.key(), new Trouble(cause, e.failure().code(), false));
        }
    }

    @Override
    public Pull<Fetched> fetch(ResourceId resource, List<ItemRef> items) {
        return new DriveFetch(drive(resource), reader, listings, parts, items);
    }

    /** Each file is a download of its own: they go beside one another. */
    @Override
    public int fetchBatch() {
        return 1;
    }

    /** Of a drive in which little is new: its delta. */
    @Override
    public List<PlannedWork> plan(Resource resource, Optional<ResourcePast> past) {
        GraphCall delta = drive(resource.id()).delta(options.permissions(), false);
        return past.map(stored -> List.of(graph.planned(delta, 1))).orElse(List.of());
    }

    @Override
    public List<KindCapability> kinds() {
        return capabilities();
    }

    /**
     * What becomes of the items of drives, whatever the tenant.
     *
     * @return a capability of each kind
     */
    public static List<KindCapability> capabilities() {
        return DriveKinds.capabilities();
    }

    @Override
    public Optional<RestoreTarget> restoreTarget(RestoreSettings settings) {
        return Optional.of(new DriveTarget(graph, sites, settings, memory));
    }
}
