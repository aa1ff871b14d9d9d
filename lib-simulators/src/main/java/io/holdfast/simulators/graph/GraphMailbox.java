// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.json.Json;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** The mailbox of an account: folders, messages, calendars, contacts, settings, rules and categories. Safe for use by several threads. */
public final class GraphMailbox {
    private final GraphTenant tenant;
    private final GraphUser owner;
    private final UUID id;
    private final List<GraphFolder> folders = new ArrayList<>();
    private final Map<WellKnown, GraphFolder> wellKnown = new EnumMap<>(WellKnown.class);
    private final List<Optional<GraphMessage>> messages = new ArrayList<>();
    private final MailboxSettings settings;
    private final GraphCalendars calendars;
    private final GraphAddressBook addressBook;
    private boolean full;
    private long position;

    GraphMailbox(GraphTenant tenant, GraphUser owner) {
        this.tenant = tenant;
        this.owner = owner;
        this.id = tenant.nextGuid();
        this.settings = new MailboxSettings(owner.kind().purpose());
        for (WellKnown each : WellKnown.values()) {
            GraphFolder parent = each.parent().map(wellKnown::get).orElse(null);
            GraphFolder folder =
                    new GraphFolder(this, folders.size(), parent, each.name(tenant.language()), each.isHidden());
            folders.add(folder);
            wellKnown.put(each, folder);
        }
        settings.change(Json.object("archiveFolder", folder(WellKnown.ARCHIVE).id()));
        this.calendars = new GraphCalendars(this);
        this.addressBook = new GraphAddressBook(this);
    }

    /**
     * A folder by its well-known name.
     *
     * @param wellKnownName such as {@code inbox}, {@code deleteditems} or {@code msgfolderroot}
     * @return the folder
     */
    public GraphFolder folder(String wellKnownName) {
        return folder(WellKnown.of(wellKnownName)
                .orElseThrow(() -> new IllegalArgumentException("no folder is well known as '" + wellKnownName + "'")));
    }

    GraphFolder folder(WellKnown name) {
        GraphFolder folder = wellKnown.get(name);
        if (folder == null) {
            throw new IllegalStateException(name + " was not made");
        }
        return folder;
    }

    /**
     * The inbox.
     *
     * @return the folder
     */
    public GraphFolder inbox() {
        return folder(WellKnown.INBOX);
    }

    /**
     * The default calendar.
     *
     * @return the calendar
     */
    public GraphCalendar calendar() {
        synchronized (tenant) {
            return calendars.first();
        }
    }

    /**
     * Adds a calendar.
     *
     * @param name its name
     * @return the calendar
     */
    public GraphCalendar addCalendar(String name) {
        return addCalendar(name, owner);
    }

    /**
     * Shows a calendar that somebody else shares.
     *
     * @param name its name
     * @param sharedBy whose it is
     * @return the calendar, as this mailbox shows it
     */
    public GraphCalendar addCalendar(String name, GraphUser sharedBy) {
        synchronized (tenant) {
            return calendars.addCalendar(name, sharedBy);
        }
    }

    /**
     * All calendars.
     *
     * @return those that are there now, the default one first
     */
    public List<GraphCalendar> allCalendars() {
        synchronized (tenant) {
            return calendars.all();
        }
    }

    /**
     * The default folder of contacts, which holds all others.
     *
     * @return the folder
     */
    public GraphContactFolder contacts() {
        synchronized (tenant) {
            return addressBook.first();
        }
    }

    /**
     * Says whether the mailbox is full: then writes are refused, and change tracking, which keeps its state in the mailbox, too.
     *
     * @param isFull whether it is
     */
    public void fill(boolean isFull) {
        synchronized (tenant) {
            full = isFull;
        }
    }

    /**
     * Adds an inbox rule.
     *
     * @param displayName its name
     * @param fromContains what the sender's address must contain
     * @param moveTo where to
     */
    public void addRule(String displayName, String fromContains, GraphFolder moveTo) {
        synchronized (tenant) {
            settings.addRule(Json.object(
                    "displayName",
                    displayName,
                    "sequence",
                    settings.rules().size() + 1,
                    "isEnabled",
                    true,
                    "conditions",
                    Json.object("senderContains", List.of(fromContains)),
                    "actions",
                    Json.object("moveToFolder", moveTo.id(), "stopProcessingRules", true)));
        }
    }

    /**
     * Adds a category to choose from.
     *
     * @param displayName its name
     * @param color {@code preset0} to {@code preset24}, or {@code none}
     */
    public void addCategory(String displayName, String color) {
        synchronized (tenant) {
            settings.addCategory(tenant.nextGuid().toString(), displayName, color);
        }
    }

    /**
     * Takes a category away.
     *
     * @param displayName its name; nothing happens if there is none
     */
    public void removeCategory(String displayName) {
        synchronized (tenant) {
            settings.categories()
                    .removeIf(each -> Json.text(each, "displayName").equals(displayName));
        }
    }

    /**
     * The categories to choose from.
     *
     * @return colours by name
     */
    public Map<String, String> categories() {
        synchronized (tenant) {
            Map<String, String> colors = new TreeMap<>();
            settings.categories().forEach(each -> colors.put(Json.text(each, "displayName"), Json.text(each, "color")));
            return colors;
        }
    }

    /**
     * Says what is answered to whoever writes.
     *
     * @param message HTML; answers are switched on
     */
    public void answerAutomatically(String message) {
        synchronized (tenant) {
            settings.change(Json.object(
                    "automaticRepliesSetting",
                    Json.object(
                            "status",
                            "alwaysEnabled",
                            "internalReplyMessage",
                            message,
                            "externalReplyMessage",
                            message)));
        }
    }

    /**
     * How many messages it holds, in all folders but the one of what was deleted.
     *
     * @return their number
     */
    public int size() {
        synchronized (tenant) {
            return listed().size();
        }
    }

    /** All messages but those that were deleted, in the order in which they came. */
    List<GraphMessage> listed() {
        GraphFolder deletions = folder(WellKnown.RECOVERABLEITEMSDELETIONS);
        return messages.stream()
                .flatMap(Optional::stream)
                .filter(each -> each.folder() != deletions)
                .toList();
    }

    GraphTenant tenant() {
        return tenant;
    }

    GraphUser owner() {
        return owner;
    }

    UUID id() {
        return id;
    }

    GraphCalendars calendars() {
        return calendars;
    }

    GraphAddressBook addressBook() {
        return addressBook;
    }

    MailboxSettings settings() {
        return settings;
    }

    boolean isFull() {
        return full;
    }

    /** All that ever were, by number. */
    List<GraphFolder> folders() {
        return folders;
    }

    long position() {
        return position;
    }

    long nextPosition() {
        return ++position;
    }

    GraphFolder addFolder(GraphFolder parent, String displayName, boolean hidden) {
        GraphFolder folder = new GraphFolder(this, folders.size(), parent, displayName, hidden);
        folders.add(folder);
        return folder;
    }

    GraphMessage add(GraphFolder folder, MessageDraft draft) {
        GraphMessage message = new GraphMessage(this, messages.size(), draft);
        messages.add(Optional.of(message));
        message.enter(folder);
        return message;
    }

    void forget(GraphMessage message) {
        messages.set((int) message.number(), Optional.empty());
    }

    /** A message by its number; empty if it is gone for good. */
    Optional<GraphMessage> message(long number) {
        return number < messages.size() ? messages.get((int) number) : Optional.empty();
    }

    /** A folder by id or well-known name. */
    GraphFolder find(String idOrName) {
        Optional<WellKnown> known = WellKnown.of(idOrName);
        if (known.isPresent()) {
            return folder(known.get());
        }
        Ids.Parts parts = Ids.read(idOrName).orElseThrow(GraphError::malformedId);
        if (!parts.owner().equals(id) || parts.version() != GraphFolder.VERSION) {
            throw GraphError.malformedId();
        }
        GraphFolder folder = folders.get((int) parts.number());
        if (!folder.isThere()) {
            throw GraphError.noFolder();
        }
        return folder;
    }

    /** A message by an id of the kind that the request asks for. */
    GraphMessage findMessage(String messageId, boolean immutableIds) {
        Ids.Parts parts = Ids.read(messageId).orElseThrow(GraphError::malformedId);
        boolean wrongKind = parts.kind() == Ids.Kind.IMMUTABLE && !immutableIds;
        if (!parts.owner().equals(id) || wrongKind || parts.part() != 0 || parts.version() == GraphFolder.VERSION) {
            throw GraphError.malformedId();
        }
        GraphMessage message = message(parts.number()).orElseThrow(GraphError::notFound);
        if (parts.kind() == Ids.Kind.REST && parts.version() != message.moves()) {
            throw GraphError.notFound();
        }
        return message;
    }

    @Override
    public String toString() {
        return "mailbox of " + owner;
    }
}
