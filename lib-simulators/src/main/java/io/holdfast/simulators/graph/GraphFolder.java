// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A folder of a mailbox. Safe for use by several threads. */
public final class GraphFolder {
    /** What the ids of folders have where those of messages have the number of moves. */
    static final long VERSION = -1;

    private final GraphMailbox mailbox;
    private final int number;
    private final NavigableSet<GraphMessage> messages = new TreeSet<>(Comparator.comparing(GraphMessage::received)
            .thenComparing(GraphMessage::number)
            .reversed());
    private final List<Departure> departures = new ArrayList<>();
    private @Nullable GraphFolder parent;
    private String displayName;
    private boolean hidden;
    private boolean there = true;
    private long made;
    private long changed;
    private @Nullable String search;
    private boolean searchesBelow;

    GraphFolder(GraphMailbox mailbox, int number, @Nullable GraphFolder parent, String displayName, boolean hidden) {
        this.mailbox = mailbox;
        this.number = number;
        this.parent = parent;
        this.displayName = displayName;
        this.hidden = hidden;
        this.made = mailbox.nextPosition();
        this.changed = made;
    }

    /**
     * That a message left.
     *
     * @param position when
     * @param message which one
     * @param moves how often it had moved while it was here
     * @param arrived since when it had been here
     */
    record Departure(long position, GraphMessage message, long moves, long arrived) {}

    /**
     * Its id, which it keeps for ever.
     *
     * @return the id
     */
    public String id() {
        return Ids.of(Ids.Kind.REST, mailbox.id(), number, VERSION, 0);
    }

    /**
     * Adds a message.
     *
     * @param draft the message
     * @return the message that is there now
     */
    public GraphMessage add(MessageDraft draft) {
        synchronized (mailbox.tenant()) {
            return mailbox.add(this, draft.copy());
        }
    }

    /**
     * Adds a folder; one of the same name may be there already, as old mailboxes have it.
     *
     * @param name its display name
     * @return the folder
     */
    public GraphFolder addFolder(String name) {
        return addFolder(name, false);
    }

    /**
     * Adds a folder that clients do not show.
     *
     * @param name its display name
     * @return the folder
     */
    public GraphFolder addHiddenFolder(String name) {
        return addFolder(name, true);
    }

    private GraphFolder addFolder(String name, boolean isHidden) {
        synchronized (mailbox.tenant()) {
            return mailbox.addFolder(this, name, isHidden);
        }
    }

    /**
     * Adds a folder that shows what is elsewhere.
     *
     * @param name its display name
     * @param filter what it shows of this folder, such as {@code isRead eq false}
     * @param below whether it shows what is in the folders of this one, too
     * @return the folder
     */
    public GraphFolder addSearchFolder(String name, String filter, boolean below) {
        synchronized (mailbox.tenant()) {
            GraphFolder folder = mailbox.addFolder(this, name, false);
            folder.search = filter;
            folder.searchesBelow = below;
            return folder;
        }
    }

    /**
     * Renames it.
     *
     * @param name its display name from now on
     */
    public void rename(String name) {
        synchronized (mailbox.tenant()) {
            displayName = name;
            changed = mailbox.nextPosition();
        }
    }

    /**
     * Moves it.
     *
     * @param to the folder that it is in from now on
     */
    public void move(GraphFolder to) {
        synchronized (mailbox.tenant()) {
            parent = to;
            changed = mailbox.nextPosition();
        }
    }

    /** Deletes it with all that is in it, for good. */
    public void remove() {
        synchronized (mailbox.tenant()) {
            children().forEach(GraphFolder::remove);
            List.copyOf(messages).forEach(GraphMessage::purge);
            there = false;
            changed = mailbox.nextPosition();
        }
    }

    /**
     * Its name.
     *
     * @return the display name
     */
    public String displayName() {
        synchronized (mailbox.tenant()) {
            return displayName;
        }
    }

    /**
     * The folders in it.
     *
     * @return in the order in which they were made
     */
    public List<GraphFolder> folders() {
        synchronized (mailbox.tenant()) {
            return children();
        }
    }

    /**
     * What is in it.
     *
     * @return the newest first
     */
    public List<GraphMessage> messages() {
        synchronized (mailbox.tenant()) {
            return List.copyOf(messages);
        }
    }

    /**
     * Whether clients do not show it.
     *
     * @return as it was made, or changed
     */
    public boolean isHidden() {
        synchronized (mailbox.tenant()) {
            return hidden;
        }
    }

    /**
     * Whether it shows what is elsewhere.
     *
     * @return whether it is a search folder
     */
    public boolean isSearch() {
        synchronized (mailbox.tenant()) {
            return search != null;
        }
    }

    GraphMailbox mailbox() {
        return mailbox;
    }

    Optional<GraphFolder> parent() {
        return Optional.ofNullable(parent);
    }

    boolean isThere() {
        return there;
    }

    void hide(boolean isHidden) {
        hidden = isHidden;
    }

    long made() {
        return made;
    }

    long changed() {
        return changed;
    }

    /** The folders in it. */
    List<GraphFolder> children() {
        return mailbox.folders().stream()
                .filter(each -> each.there && each.parent == this)
                .toList();
    }

    /** What is in it, the newest first; what a search folder shows. */
    Iterable<GraphMessage> shown() {
        if (search == null || parent == null) {
            return messages;
        }
        MessageFilter filter = MessageFilter.of(search);
        List<GraphMessage> found = new ArrayList<>();
        List<GraphFolder> open = new ArrayList<>(List.of(parent));
        while (!open.isEmpty()) {
            GraphFolder each = open.remove(0);
            each.messages.stream().filter(filter).forEach(found::add);
            if (searchesBelow) {
                each.children().stream().filter(child -> !child.isSearch()).forEach(open::add);
            }
        }
        return found;
    }

    NavigableSet<GraphMessage> content() {
        return messages;
    }

    /** Who left after a position, the last time only; with or without those who had come after it, too. */
    Map<GraphMessage, Departure> departures(long since, boolean withUnseen) {
        Map<GraphMessage, Departure> latest = new LinkedHashMap<>();
        for (int i = departures.size() - 1; i >= 0 && departures.get(i).position() > since; i--) {
            Departure each = departures.get(i);
            if (withUnseen || each.arrived() <= since) {
                latest.put(each.message(), each);
            }
        }
        return latest;
    }

    void depart(GraphMessage message) {
        messages.remove(message);
        departures.add(new Departure(mailbox.nextPosition(), message, message.moves(), message.arrived()));
    }

    Map<String, Object> json() {
        Map<String, Object> json = Json.object(
                "id", id(),
                "displayName", displayName,
                "parentFolderId", (parent == null ? this : parent).id(),
                "childFolderCount", children().size(),
                "unreadItemCount",
                        (int) messages.stream().filter(each -> !each.isRead()).count(),
                "totalItemCount", messages.size(),
                "isHidden", hidden);
        if (search != null && parent != null) {
            json.put("@odata.type", "#microsoft.graph.mailSearchFolder");
            json.put("isSupported", true);
            json.put("filterQuery", search);
            json.put("includeNestedFolders", searchesBelow);
            json.put("sourceFolderIds", List.of(parent.id()));
        }
        return json;
    }

    @Override
    public String toString() {
        return displayName;
    }
}
