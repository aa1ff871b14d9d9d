// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.json.Json;
import java.util.List;
import java.util.Map;

/** A calendar of a mailbox. Safe for use by several threads. */
public final class GraphCalendar {
    /** What the ids of calendars have where those of messages have the number of moves. */
    static final long VERSION = -2;

    private final GraphMailbox mailbox;
    private final int number;
    private final GraphUser owner;
    private String name;
    private boolean there = true;
    private long changed;

    GraphCalendar(GraphMailbox mailbox, int number, String name, GraphUser owner) {
        this.mailbox = mailbox;
        this.number = number;
        this.name = name;
        this.owner = owner;
        this.changed = mailbox.nextPosition();
    }

    /**
     * Its id, which it keeps for ever.
     *
     * @return the id
     */
    public String id() {
        return Ids.of(Ids.Kind.REST, mailbox.id(), number, VERSION, 0);
    }

    /**
     * Adds an event; nobody is invited.
     *
     * @param draft the event
     * @return the event that is there now
     */
    public GraphEvent add(EventDraft draft) {
        synchronized (mailbox.tenant()) {
            return mailbox.calendars().add(this, draft.properties(), draft.attachments());
        }
    }

    /**
     * Renames it.
     *
     * @param newName its name
     */
    public void rename(String newName) {
        synchronized (mailbox.tenant()) {
            name = newName;
            changed = mailbox.nextPosition();
        }
    }

    /** Deletes it with all that is in it. */
    public void delete() {
        synchronized (mailbox.tenant()) {
            there = false;
            events().forEach(GraphEvent::purge);
        }
    }

    /**
     * What is in it now, series once.
     *
     * @return its events in the order in which they were added
     */
    public List<GraphEvent> events() {
        synchronized (mailbox.tenant()) {
            return mailbox.calendars().events().stream()
                    .filter(each -> each.isIn(this))
                    .toList();
        }
    }

    GraphMailbox mailbox() {
        return mailbox;
    }

    /**
     * Its name.
     *
     * @return the name as people see it
     */
    public String name() {
        synchronized (mailbox.tenant()) {
            return name;
        }
    }

    boolean isThere() {
        return there;
    }

    boolean isDefault() {
        return number == 0;
    }

    Map<String, Object> json() {
        boolean own = owner == mailbox.owner();
        return Json.object(
                "id",
                id(),
                "name",
                name,
                "color",
                "auto",
                "hexColor",
                "",
                "isDefaultCalendar",
                isDefault(),
                "changeKey",
                Ids.guid(changed, number).toString().replace("-", ""),
                "canShare",
                own,
                "canViewPrivateItems",
                own,
                "canEdit",
                own,
                "allowedOnlineMeetingProviders",
                List.of("teamsForBusiness"),
                "defaultOnlineMeetingProvider",
                "teamsForBusiness",
                "isTallyingResponses",
                true,
                "isRemovable",
                !isDefault(),
                "owner",
                Json.object("name", owner.displayName(), "address", owner.address()));
    }

    @Override
    public String toString() {
        return "calendar '" + name + "'";
    }
}
