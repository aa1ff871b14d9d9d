// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.contacts;

import io.holdfast.m365.internal.graph.GraphClient;
import io.holdfast.m365.internal.workload.MailboxResources;
import io.holdfast.m365.internal.workload.NeighbourFetch;
import io.holdfast.m365.internal.workload.Owner;
import io.holdfast.m365.internal.workload.TenantWorkload;
import io.holdfast.model.ItemRef;
import io.holdfast.model.ResourceId;
import io.holdfast.pacing.PlannedWork;
import io.holdfast.runtime.MemoryBudget;
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
import java.util.List;
import java.util.Optional;

/** The contacts of a tenant's mailboxes. One object for one session, safe for use by several threads. */
public final class ContactWorkload implements TenantWorkload {
    private static final String NAME = "contacts";

    private final GraphClient graph;
    private final MemoryBudget memory;
    private final ContactFeeds feeds;
    private final MailboxResources mailboxes;

    /**
     * Contacts behind a client.
     *
     * @param graph the client
     * @param memory what whole contacts are taken from while they wait
     */
    public ContactWorkload(GraphClient graph, MemoryBudget memory) {
        this.graph = graph;
        this.memory = memory;
        this.feeds = new ContactFeeds(graph);
        this.mailboxes = new MailboxResources(graph, NAME);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<List<String>> permissions() {
        return List.of(List.of("Contacts.Read", "Contacts.ReadWrite"));
    }

    @Override
    public Optional<Resource> ofOwner(Owner owner, boolean readable) {
        return mailboxes.of(owner, readable, new ContactCalls(owner.id()).defaultFolder());
    }

    @Override
    public List<Feed> feeds(Resource resource) {
        return feeds.of(resource.id(), calls(resource.id()));
    }

    @Override
    public ChangePage changes(Resource resource, Feed feed, Optional<Cursor> from) {
        return feeds.changes(resource.id(), calls(resource.id()), feed, from);
    }

    @Override
    public Source.Listing listing(Feed feed) {
        return feed.kind() == Feed.Kind.INCREMENTAL ? Source.Listing.WHOLE : Source.Listing.NONE;
    }

    @Override
    public List<Lookup> lookup(ResourceId resource, List<ItemRef> items) {
        return new ContactLookup(graph, calls(resource)).of(items);
    }

    @Override
    public Pull<Fetched> fetch(ResourceId resource, List<ItemRef> items) {
        return NeighbourFetch.of(graph, new ContactReader(graph, calls(resource)), items, memory);
    }

    /** Of contacts of which few are new: a call for each folder, and two for the folders. */
    @Override
    public List<PlannedWork> plan(Resource resource, Optional<ResourcePast> past) {
        ContactCalls calls = calls(resource.id());
        return past.map(stored -> List.of(
                        graph.planned(calls.delta("contacts"), stored.containers()),
                        graph.planned(calls.defaultFolder(), 1),
                        graph.planned(calls.folders(), 1)))
                .orElse(List.of());
    }

    @Override
    public List<KindCapability> kinds() {
        return capabilities();
    }

    /**
     * What becomes of contacts and their folders, whatever the tenant.
     *
     * @return a capability of each kind
     */
    public static List<KindCapability> capabilities() {
        return ContactKinds.capabilities();
    }

    @Override
    public List<Renderer> renderers() {
        return forFiles();
    }

    /**
     * The renderers of contacts, which ask no mailbox.
     *
     * @return a renderer of each kind that becomes files
     */
    public static List<Renderer> forFiles() {
        return List.of(new ContactRenderer(ContactItems.CONTACT));
    }

    @Override
    public Optional<RestoreTarget> restoreTarget(RestoreSettings settings) {
        return Optional.of(new ContactTarget(graph, settings));
    }

    private static ContactCalls calls(ResourceId resource) {
        return new ContactCalls(resource.value().substring(NAME.length() + 1));
    }
}
