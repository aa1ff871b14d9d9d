// SPDX-License-Identifier: Apache-2.0
package io.holdfast.simulators.graph;

import io.holdfast.simulators.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A folder of contacts. Safe for use by several threads. */
public final class GraphContactFolder {
    /** What the ids of contact folders have where those of messages have the number of moves. */
    static final long VERSION = -3;

    private final GraphMailbox mailbox;
    private final int number;
    private final @Nullable GraphContactFolder parent;
    private final long made;
    private String displayName;
    private boolean there = true;
    private long changed;

    GraphContactFolder(GraphMailbox mailbox, int number, @Nullable GraphContactFolder parent, String displayName) {
        this.mailbox = mailbox;
        this.number = number;
        this.parent = parent;
        this.displayName = displayName;
        this.made = mailbox.nextPosition();
        this.changed = made;
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
     * Adds a contact.
     *
     * @param displayName its name
     * @param address its mail address
     * @return the contact that is there now
     */
    public GraphContact add(String displayName, String address) {
        synchronized (mailbox.tenant()) {
            return mailbox.addressBook()
                    .add(
                            this,
                            Json.object(
                                    "displayName",
                                    displayName,
                                    "givenName",
                                    displayName.split(" ")[0],
                                    "surname",
                                    displayName.substring(displayName.lastIndexOf(' ') + 1),
                                    "emailAddresses",
                                    List.of(Json.object("name", displayName, "address", address))));
        }
    }

    /**
     * Adds a folder in this one.
     *
     * @param name its display name
     * @return the folder
     */
    public GraphContactFolder addFolder(String name) {
        synchronized (mailbox.tenant()) {
            return mailbox.addressBook().addFolder(this, name);
        }
    }

    /**
     * Renames it.
     *
     * @param name its new display name
     */
    public void rename(String name) {
        synchronized (mailbox.tenant()) {
            displayName = name;
            changed = mailbox.nextPosition();
        }
    }

    /** Deletes it with all that is in it. */
    public void delete() {
        synchronized (mailbox.tenant()) {
            there = false;
            changed = mailbox.nextPosition();
            contacts().forEach(GraphContact::purge);
            children().forEach(GraphContactFolder::delete);
        }
    }

    /**
     * What is in it now.
     *
     * @return its contacts in the order in which they were added
     */
    public List<GraphContact> contacts() {
        synchronized (mailbox.tenant()) {
            return mailbox.addressBook().contacts().stream()
                    .filter(each -> each.isIn(this))
                    .toList();
        }
    }

    /**
     * The folders in it.
     *
     * @return those that are there now
     */
    public List<GraphContactFolder> children() {
        synchronized (mailbox.tenant()) {
            return mailbox.addressBook().folders().stream()
                    .filter(each -> each.there && each.parent == this)
                    .toList();
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

    GraphMailbox mailbox() {
        return mailbox;
    }

    boolean isThere() {
        return there;
    }

    boolean isDefault() {
        return number == 0;
    }

    long made() {
        return made;
    }

    long changed() {
        return changed;
    }

    Map<String, Object> json() {
        String above = Optional.ofNullable(parent)
                .map(GraphContactFolder::id)
                .orElseGet(() -> mailbox.folder(WellKnown.MSGFOLDERROOT).id());
        return Json.object("id", id(), "parentFolderId", above, "displayName", displayName);
    }

    @Override
    public String toString() {
        return "contact folder '" + displayName + "'";
    }
}
