// SPDX-License-Identifier: Apache-2.0
package io.holdfast.m365.internal.calendar;

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
import java.util.List;
import java.util.Optional;

/** The calendars of a tenant's mailboxes. One object for one session, safe for use by several threads. */
public final class CalendarWorkload implements TenantWorkload {
    private final GraphClient graph;
    private final MemoryBudget memory;
    private final CalendarFeeds feeds;
    private final MailboxResources mailboxes;
    private final EventTimes times = new EventTimes(WindowsZones.load());

    /**
     * Calendars behind a client.
     *
     * @param graph the client
     * @param memory what whole events are taken from while they wait
     */
    public CalendarWorkload(GraphClient graph, MemoryBudget memory) {
        this.graph = graph;
        this.memory = memory;
        this.feeds = new CalendarFeeds(graph);
        this.mailboxes = new MailboxResources(graph, name());
    }

    @Override
    public String name() {
        return "calendar";
    }

    @Override
    public List<List<String>> permissions() {
        return List.of(List.of("Calendars.Read", "Calendars.ReadWrite"));
    }

    @Override
    public Optional<Resource> ofOwner(Owner owner, boolean readable) {
        return mailboxes.of(owner, readable, new CalendarCalls(owner.id()).defaultCalendar());
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
    public List<Lookup> lookup(ResourceId resource, List<ItemRef> items) {
        return new EventLookup(graph, calls(resource)).of(items);
    }

    @Override
    public Pull<Fetched> fetch(ResourceId resource, List<ItemRef> items) {
        CalendarCalls calls = calls(resource);
        EventReader reader = new EventReader(calls, new EventContents(graph, calls), new EventLookup(graph, calls));
        return NeighbourFetch.of(graph, reader, items, memory);
    }

    /** Of calendars in which little is new: all of them are listed, five hundred events at a time. */
    @Override
    public List<PlannedWork> plan(Resource resource, Optional<ResourcePast> past) {
        CalendarCalls calls = calls(resource.id());
        return past.map(stored -> List.of(
                        graph.planned(calls.calendars(), 1),
                        graph.planned(
                                calls.inventory("calendar"),
                                stored.containers() + stored.items() / CalendarCalls.LEAN_PAGE)))
                .orElse(List.of());
    }

    @Override
    public List<KindCapability> kinds() {
        return capabilities();
    }

    /**
     * What becomes of calendars and events, whatever the tenant.
     *
     * @return a capability of each kind
     */
    public static List<KindCapability> capabilities() {
        return CalendarKinds.capabilities();
    }

    @Override
    public List<Renderer> renderers() {
        return forFiles();
    }

    /**
     * The renderers of calendars, which ask no mailbox.
     *
     * @return a renderer of each kind that becomes files
     */
    public static List<Renderer> forFiles() {
        return List.of(new EventRenderer(EventItems.EVENT, new EventTimes(WindowsZones.load())));
    }

    @Override
    public Optional<RestoreTarget> restoreTarget(RestoreSettings settings) {
        return Optional.of(new CalendarTarget(graph, settings, times));
    }

    private CalendarCalls calls(ResourceId resource) {
        return new CalendarCalls(resource.value().substring(name().length() + 1));
    }
}
